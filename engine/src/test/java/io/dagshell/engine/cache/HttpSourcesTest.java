package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpSourcesTest {
    @TempDir
    Path folder;

    private volatile Map<String, String> headers = Map.of();
    private volatile int status = 200;
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private FileResultCache cache;
    private Asking fetch;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        cache = FileResultCache.open(
                folder,
                StandardCodecs.with(),
                new Tick(),
                CacheSettings.defaults().withValidators(List.of(new HttpValidator(Duration.ofMillis(500)))));
        fetch = Asking.task("fetch").argument("dataset", URI.class, address());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/trips.csv");
    }

    @Test
    void a_new_etag_is_a_miss_and_the_same_one_a_hit() {
        headers = Map.of("ETag", "\"1\"");
        assertThat(fetch.computed(cache, "1")).isEqualTo("first run");
        assertThat(fetch.hit(cache).notes()).isEmpty();

        headers = Map.of("ETag", "\"2\"");

        assertThat(fetch.computed(cache, "2")).isEqualTo("argument dataset " + address() + " changed");
    }

    @Test
    void without_etag_date_and_length_tell_versions_apart() {
        headers = Map.of("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT", "Content-Length", "3");
        fetch.computed(cache, "1");
        assertThat(fetch.hit(cache).notes()).isEmpty();

        headers = Map.of("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT", "Content-Length", "4");

        assertThat(fetch.computed(cache, "2")).isEqualTo("argument dataset " + address() + " changed");
    }

    @Test
    void a_source_that_gives_nothing_to_compare_is_named_as_not_checked() {
        assertThat(fetch.computed(cache, "1")).isEqualTo("first run; source not checked");
        assertThat(fetch.hit(cache).notes()).containsExactly("source not checked");
        status = 405;
        assertThat(fetch.hit(cache).notes()).containsExactly("source not checked");
    }

    @Test
    void a_source_that_changes_under_the_task_is_not_stored() {
        headers = Map.of("ETag", "\"1\"");
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) fetch.in(cache);
        headers = Map.of("ETag", "\"2\"");

        assertThat(compute.ticket().store("x", Duration.ZERO, List.of()))
                .contains(address() + " changed while the task ran");
        headers = Map.of();
        assertThat(compute.ticket().store("x", Duration.ZERO, List.of()))
                .contains(address() + " could not be checked again");
        compute.ticket().close();
    }

    @Test
    void a_server_that_is_down_is_not_waited_for() {
        server.stop(0);

        assertThat(fetch.computed(cache, "1")).isEqualTo("first run; source not checked");
    }

    @Test
    void an_address_without_server_needs_no_check() {
        Asking byName = Asking.task("fetch").argument("name", URI.class, URI.create("urn:isbn:1"));

        assertThat(byName.computed(cache, "1")).isEqualTo("first run");
        assertThat(requests).hasValue(0);
    }
}
