package io.dagshell.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code settings.xml} says is done: against a server on the loopback address. */
class SettingsTest {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private TestRepository repository;
    private HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Counted downloads = new Counted();
    private boolean login;

    @BeforeEach
    void serve() throws IOException {
        repository = new TestRepository(folder).jar("g", "a", "1");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As a repository, and as a proxy: there the whole address is asked for. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        boolean refused = login && !LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String path = exchange.getRequestURI().getPath();
        Path file = repository.place().resolve(path.replaceFirst("^/maven/?", ""));
        if (refused) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"maven\"");
            exchange.sendResponseHeaders(401, -1);
        } else if (Files.isRegularFile(file)) {
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/maven";
    }

    private static String mirror(String url) {
        return "<mirrors><mirror><id>inner</id><mirrorOf>central</mirrorOf><url>" + url + "</url></mirror></mirrors>";
    }

    private List<String> added(String settings) {
        try (Libraries libraries = repository.libraries(repository.settings(settings))) {
            return libraries.add(CellStatements.of("%maven g:a:1"), downloads).libraries().stream()
                    .map(library -> library.coordinate())
                    .toList();
        }
    }

    @Test
    void a_mirror_is_asked_in_place_of_what_it_mirrors_and_downloads_are_told() {
        assertThat(added(mirror(address()))).containsExactly("g:a:1");
        assertThat(asked).contains("/maven/g/a/1/a-1.jar");
        assertThat(downloads.files).contains("a-1.jar");
        assertThat(downloads.bytes.get()).isPositive();
    }

    @Test
    void a_server_that_asks_for_a_login_gets_the_one_of_the_settings() {
        login = true;
        String server =
                "<servers><server><id>inner</id><username>ann</username><password>secret</password></server></servers>";

        assertThat(added(server + mirror(address()))).containsExactly("g:a:1");
        assertThatThrownBy(() ->
                        added("<localRepository>" + folder.resolve("fresh") + "</localRepository>" + mirror(address())))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_proxy_is_asked_for_the_whole_address() {
        String proxy = "<proxies><proxy><id>p</id><active>true</active><protocol>http</protocol><host>127.0.0.1</host>"
                + "<port>" + server.getAddress().getPort() + "</port></proxy></proxies>";

        assertThat(added(proxy + mirror("http://repository.invalid/maven"))).containsExactly("g:a:1");
        assertThat(asked).contains("http://repository.invalid/maven/g/a/1/a-1.jar");
    }

    @Test
    void a_repository_of_an_active_profile_is_asked() {
        String profile = "<profiles><profile><id>team</id><repositories><repository><id>team</id><url>" + address()
                + "</url></repository></repositories></profile></profiles>"
                + "<activeProfiles><activeProfile>team</activeProfile></activeProfiles>";

        assertThat(added(profile
                        + mirror("http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere")))
                .containsExactly("g:a:1");
    }

    @Test
    void a_repository_that_cannot_be_reached_is_told_as_that_and_no_login_is_shown() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> added(mirror("http://ann:secret@127.0.0.1:" + port + "/maven")))
                .hasMessageContaining("g:a:1 cannot be downloaded: ")
                .hasMessageContaining("Connection refused")
                .hasMessageContaining("Asked: inner (http://127.0.0.1:" + port + "/maven)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void settings_may_say_offline() {
        assertThatThrownBy(() -> added("<offline>true</offline>" + mirror(address())))
                .hasMessageContaining("Maven is offline");
        assertThat(asked).isEmpty();
    }

    @Test
    void broken_settings_are_told_at_the_line_that_needs_them() {
        assertThatThrownBy(() -> added("<mirrors><mirror>"))
                .isInstanceOf(io.dagshell.kernel.session.CellProblem.class)
                .hasMessageContaining("settings cannot be used");
    }

    /** Counts what is told. Thread-safe. */
    private static final class Counted implements Downloads {
        private final List<String> files = new CopyOnWriteArrayList<>();
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void progressed(String file, long more) {
            bytes.addAndGet(more);
        }

        @Override
        public void finished(String file) {
            files.add(file);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
