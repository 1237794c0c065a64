package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    @TempDir
    Path folder;

    private Home home;
    private Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_address_for_people_that_is_none_is_refused_by_its_name() {
        for (String wrong : List.of("nonsense", "ftp://host/", "http://", "https://host/ x", "https://host/?q")) {
            assertThatThrownBy(() -> Server.publicAddress(Map.of("DAGSHELL_PUBLIC_URL", wrong)))
                    .hasMessage("DAGSHELL_PUBLIC_URL is the address at which people reach the server, such as"
                            + " https://dagshell.example.org/, not '" + wrong + "'.");
        }
        assertThat(Server.publicAddress(Map.of("DAGSHELL_PUBLIC_URL", "https://[::1]:4200/dagshell/")))
                .contains(URI.create("https://[::1]:4200/dagshell/"));
        assertThat(Server.publicAddress(Map.of())).isEmpty();
    }

    @Test
    void runs_that_ended_long_ago_go_if_that_is_asked_for_and_others_stay() throws Exception {
        RunId old = ended(Duration.ofDays(3));
        RunId young = ended(Duration.ofHours(3));
        ServerSettings settings = ServerSettings.local(0).withKeepRuns(Duration.ofDays(2));
        try (Server keeping = Server.start(settings, home);
                RunStore store = RunStore.open(home.database())) {
            for (int i = 0; i < 300 && store.run(old).isPresent(); i++) {
                Thread.sleep(50);
            }
            assertThat(store.run(old)).isEmpty();
            assertThat(store.run(young)).isPresent();
        }
        assertThatThrownBy(() -> ServerSettings.local(0).withKeepRuns(Duration.ofHours(23)))
                .hasMessage("Runs are kept for a day or longer.");
    }

    private RunId ended(Duration ago) {
        Instant then = Instant.now().minus(ago);
        RunId run = RunId.create(then);
        try (RunStore store = RunStore.open(home.database())) {
            store.accept(new RunStarted(run, then, new TaskName("etl"), Kind.FLOW, "ETL", "{}", "notebook", ""));
            store.accept(new RunFinished(run, then, State.COMPLETED, Optional.empty()));
        }
        return run;
    }

    @Test
    void health_needs_no_token() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void pages_need_the_token() throws Exception {
        HttpResponse<String> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("dagshell server start");
    }

    @Test
    void the_entrance_gives_a_cookie_and_hides_the_token() throws Exception {
        HttpResponse<String> entered = send(HttpRequest.newBuilder(server.entrance()));
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(entered.statusCode()).isEqualTo(302);
        assertThat(entered.headers().firstValue("Location").orElseThrow()).doesNotContain("token");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
        assertThat(send(at("/").header("Cookie", cookie.substring(0, cookie.indexOf(';'))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_change_by_cookie_must_come_from_an_own_page() throws Exception {
        HttpRequest.Builder change =
                at("/").POST(HttpRequest.BodyPublishers.noBody()).header("Cookie", "dagshell=" + token());

        assertThat(send(change.copy().header("Origin", "http://evil.example")).statusCode())
                .isEqualTo(403);
        assertThat(send(change.copy()).statusCode()).isEqualTo(403);
        assertThat(send(change.copy().header("Origin", server.url().toString())).statusCode())
                .isNotEqualTo(403);
    }

    @Test
    void the_api_tells_problems_as_details_and_lists_by_pages() throws Exception {
        HttpResponse<String> unknown = send(api("/api/deployments/Nothing"));
        HttpResponse<String> field =
                send(api("/api/agents/a/poll").POST(HttpRequest.BodyPublishers.ofString("{\"hostt\": \"x\"}")));

        HttpResponse<String> closed = send(at("/api/deployments"));
        assertThat(closed.statusCode()).isEqualTo(401);
        assertThat(closed.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(send(api("/api/deployments")).body()).isEqualTo("{\"deployments\":[]}");
        assertThat(send(api("/api/runs?state=Failed&limit=3")).body()).isEqualTo("{\"runs\":[]}");
        assertThat(send(api("/api/runs?after=x")).statusCode()).isEqualTo(422);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(unknown.body()).contains("\"detail\":\"There is no deployment 'Nothing'");
        assertThat(field.statusCode()).isEqualTo(400);
        assertThat(field.body()).contains("There is no field 'hostt'; there are host, queues");
    }

    @Test
    void what_is_described_is_what_is_answered() throws Exception {
        HttpResponse<String> description = send(api("/api/openapi.json"));
        JsonNode described = new ObjectMapper().readTree(description.body());
        JsonNode paths = described.path("paths");
        HttpResponse<String> method = send(api("/api/runs").DELETE());

        assertThat(paths.path("/api/runs").path("get").path("parameters").findValuesAsText("name"))
                .containsExactly("limit", "state", "flow", "deployment", "text", "after", "If-None-Match");
        assertThat(paths.path("/api/events").has("get")).isTrue();
        assertThat(described.at("/components/schemas/DeploymentDetail").toString())
                .contains("\"memory\":");
        assertThat(send(api("/api/runs?limt=3")).body())
                .contains("There is no parameter 'limt'; there are limit, state");
        assertThat(send(api("/api/runs?limit=x")).statusCode()).isEqualTo(400);
        assertThat(send(api("/api/queues/a")
                                .header("Content-Type", "text/plain")
                                .PUT(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(send(api("/api/deployments/%C3%9Cbung")).body()).contains("There is no deployment 'Übung'");
        assertThat(send(api("/api/agents/a/renew")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"host\": \"h\", \"jdks\": [{}]}")))
                        .body())
                .contains("The field 'jdks' is a list of whole numbers.");
        assertThat(send(api("/api/schedules/x")).statusCode()).isEqualTo(404);
        assertThat(send(api("/api")).body()).contains("/api/runs/{run}/logs");
    }

    @Test
    void libraries_are_kept_by_what_they_are_and_nowhere_else() throws Exception {
        String sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        HttpRequest.BodyPublisher foo = HttpRequest.BodyPublishers.ofString("foo");

        assertThat(send(api("/api/libraries/" + sha256 + "/a.jar").PUT(foo)).statusCode())
                .isEqualTo(204);
        assertThat(send(api("/api/libraries/" + sha256 + "/a.jar")).body()).isEqualTo("foo");
        assertThat(send(api("/api/libraries/" + "0".repeat(64) + "/a.jar").PUT(foo))
                        .statusCode())
                .isEqualTo(422);
        assertThat(send(api("/api/libraries/" + sha256 + "/..%2F..%2Fevil").PUT(foo))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpRequest.Builder api(String path) throws IOException {
        return at(path).header("Authorization", "Bearer " + token());
    }

    @Test
    void a_foreign_host_name_is_refused() throws Exception {
        assertThat(rawStatus("evil.example:" + server.url().getPort())).contains(" 403 ");
        assertThat(rawStatus("localhost:" + server.url().getPort())).contains(" 200 ");
    }

    @Test
    void the_token_stays_over_restarts_in_a_file_of_its_owner() throws Exception {
        String first = token();
        server.close();
        server = Server.start(ServerSettings.local(0), home);

        assertThat(token()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void it_listens_to_other_machines_only_when_told() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");

        assertThatThrownBy(() -> ServerSettings.local(0).withAddress(everywhere))
                .hasMessageContaining("--tls-certificate")
                .hasMessageContaining("--open");
        assertThat(ServerSettings.local(0).withOpen().withAddress(everywhere).open())
                .isTrue();
    }

    private String token() throws IOException {
        return ServerFile.read(home).orElseThrow().token();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(at(path));
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Java's client sets Host itself. */
    private String rawStatus(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
