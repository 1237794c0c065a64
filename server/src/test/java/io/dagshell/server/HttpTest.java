package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol asks of every answer, whatever it is about. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HttpTest {
    private static final String JAR = "/api/libraries/" + "0".repeat(64) + "/a.jar";

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

    private HttpRequest.Builder at(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token());
    }

    private String token() throws IOException {
        return ServerFile.read(home).orElseThrow().token();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void isProblem(HttpResponse<String> answer, int status, String detail) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(detail);
    }

    @Test
    void an_answer_that_the_request_does_not_accept_is_refused() throws Exception {
        isProblem(
                send(at("/api/deployments").header("Accept", "text/html, application/xml;q=0.5")),
                406,
                "This gives application/json, and the request accepts text/html, application/xml;q=0.5 only.");
        isProblem(
                send(at("/api/deployments").header("Accept", "*/*, application/json;q=0")),
                406,
                "This gives application/json");
        isProblem(send(at("/api/events").header("Accept", "application/json")), 406, "This gives text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, Application/JSON;q=0.1", "text/html,*/*;q=0.8"})
    void an_answer_that_the_request_accepts_is_given(String accept) throws Exception {
        assertThat(send(at("/api/deployments").header("Accept", accept)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_of_another_type_is_refused_where_json_and_where_bytes_are_taken() throws Exception {
        isProblem(
                send(at("/api/queues/a").header("Content-Type", "text/plain").PUT(BodyPublishers.ofString("{}"))),
                415,
                "The body is to be application/json, not text/plain.");
        isProblem(
                send(at(JAR).header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{}"))),
                415,
                "The body is to be application/octet-stream, not application/json.");
    }

    @Test
    void a_deployment_that_a_newer_dagshell_built_is_refused_with_what_to_do() throws Exception {
        String manifest = Base64.getEncoder().encodeToString("{\"format\": 1000}".getBytes(StandardCharsets.UTF_8));
        isProblem(
                send(at("/api/deployments")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"files\": {\"flow.json\": \"" + manifest + "\"}}"))),
                422,
                "The deployment was built by a newer DagShell, in format 1000, and this server is DagShell ");
    }

    @Test
    void a_method_that_is_not_there_is_refused_with_those_that_are() throws Exception {
        HttpResponse<String> refused = send(at("/api/deployments").DELETE());

        isProblem(refused, 405, "That is not done with DELETE; there are ");
        assertThat(refused.headers().firstValue("Allow").orElse(""))
                .contains("GET")
                .contains("POST");
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_it_is_sent() throws Exception {
        assertThat(answered("POST", "/api/deployments", "Content-Length: 67108865"))
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json")
                .contains("The body has 67108865 bytes; this takes 64 MB (67108864 bytes) at most.");
        assertThat(answered("PUT", JAR, "Content-Length: 1073741825"))
                .startsWith("HTTP/1.1 413 ")
                .contains("this takes 1024 MB (1073741824 bytes) at most.");
    }

    @Test
    void a_body_that_does_not_say_how_large_it_is_is_cut_off() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        HttpRequest.BodyPublisher endless = BodyPublishers.ofInputStream(() -> new InputStream() {
            private long left = 65L << 20;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int count = (int) Math.min(Math.min(length, megabyte.length), left);
                left -= count;
                return count == 0 ? -1 : count;
            }
        });
        isProblem(
                send(at("/api/deployments")
                        .header("Content-Type", "application/json")
                        .POST(endless)),
                413,
                "The body is larger than the 64 MB that this takes.");
    }

    /** Head of the request alone: what comes back before any of the body is sent. */
    private String answered(String method, String path, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                    + token() + "\r\n" + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/dashboard.js", "/assets/htmx.js", "/api/openapi.json", "/api/deployments"})
    void what_has_not_changed_is_not_sent_again(String path) throws Exception {
        HttpResponse<String> first = send(at(path));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(at(path).header("If-None-Match", "\"other\", " + tag));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(send(at(path).header("If-None-Match", "\"other\"")).body()).isEqualTo(first.body());
    }

    @Test
    void what_has_changed_has_another_tag() throws Exception {
        String before = send(at("/api/queues")).headers().firstValue("ETag").orElseThrow();
        assertThat(send(at("/api/queues/night")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"concurrency\": 2}")))
                        .statusCode())
                .isLessThan(300);
        HttpResponse<String> after = send(at("/api/queues").header("If-None-Match", before));

        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).contains("night");
    }
}
