package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.model.RunId;
import io.dagshell.server.client.ApiClient;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent keeps of a server's deployments, over HTTP. */
class VersionStoreTest {
    private static final Instant NOW = Instant.now();
    private static final String OLD = "version-of-spring";
    private static final String NEW = "version-of-autumn";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> served = new TreeMap<>();
    private LibraryStore libraries;
    private HttpServer server;
    private Entry shared;
    private Entry dropped;

    @BeforeEach
    void serve() throws IOException {
        libraries = new LibraryStore(folder.resolve("libraries"));
        shared = library("shared-1.jar");
        dropped = library("old-1.jar");
        version(OLD, shared, dropped);
        version(NEW, shared);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A library that only the server has. */
    private Entry library(String name) throws IOException {
        Path jar = Files.writeString(folder.resolve(name), "content of " + name);
        Entry entry = new Entry(Role.RUNTIME, LibraryStore.digest(jar), name, "");
        served.put("/api/libraries/" + entry.sha256() + "/" + name, Files.readAllBytes(jar));
        return entry;
    }

    private void version(String version, Entry... libraries) {
        String files = "/api/deployments/Nightly/versions/" + version + "/files/";
        served.put(files + FolderFiles.LOCK, bytes(new DependencyLock(List.of(libraries)).text()));
        served.put(files + FolderFiles.MANIFEST, bytes("{}"));
        served.put(files + FolderFiles.JAR, bytes("flow"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = served.get(exchange.getRequestURI().getPath());
        exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
        if (body != null) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** As an agent that starts at that time. */
    private VersionStore.Version of(String version, Instant time) throws IOException {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort());
        Order order = Order.of(
                new ObjectMapper()
                        .createObjectNode()
                        .put("run", RunId.create(time).toString())
                        .put("deployment", "Nightly")
                        .put("version", version)
                        .put("jdk", 17),
                "agent");
        return new VersionStore(
                        folder.resolve("deployments"),
                        libraries,
                        new ApiClient(url, "", Optional.empty()),
                        Clock.fixed(time, ZoneOffset.UTC))
                .of(order);
    }

    @Test
    void a_version_comes_with_the_libraries_it_names() throws IOException {
        VersionStore.Version version = of(OLD, NOW);

        assertThat(version.jar()).hasContent("flow");
        assertThat(version.runtime()).containsExactly(libraries.find(shared), libraries.find(dropped));
    }

    @Test
    void what_was_not_used_for_a_month_is_dropped_and_fetched_again_when_it_is_wanted() throws IOException {
        Path old = of(OLD, NOW).jar();

        of(NEW, NOW.plus(Duration.ofDays(31)));

        assertThat(old.getParent()).doesNotExist();
        assertThat(libraries.has(dropped)).isFalse();
        assertThat(libraries.has(shared)).isTrue();
        assertThat(of(OLD, NOW.plus(Duration.ofDays(32))).runtime()).hasSize(2);
    }

    @Test
    void what_was_used_within_a_month_stays() throws IOException {
        Path old = of(OLD, NOW).jar();
        of(OLD, NOW.plus(Duration.ofDays(20)));

        of(NEW, NOW.plus(Duration.ofDays(45)));

        assertThat(old).exists();
        assertThat(libraries.has(dropped)).isTrue();
    }

    @Test
    void a_library_that_was_built_with_here_before_a_version_named_it_is_never_dropped() throws IOException {
        libraries.add(folder.resolve("old-1.jar"), Role.RUNTIME, "");
        of(OLD, NOW);

        of(NEW, NOW.plus(Duration.ofDays(365)));

        assertThat(libraries.has(dropped)).isTrue();
    }

    @Test
    void a_library_that_a_build_on_this_machine_needs_too_is_never_dropped() throws IOException {
        of(OLD, NOW);
        libraries.add(folder.resolve("old-1.jar"), Role.RUNTIME, "");

        of(NEW, NOW.plus(Duration.ofDays(365)));

        assertThat(libraries.has(dropped)).isTrue();
    }
}
