package io.dagshell.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.home.Home;
import io.dagshell.server.ServerFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Requests to a server, with its token. Thread-safe.
 *
 * <pre>{@code
 * ApiClient server = ApiClient.of(Home.ofEnvironment(), System.getenv());
 * JsonNode deployments = server.get("/api/deployments");
 * }</pre>
 */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_CONTENT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Trust trust;
    private final URI url;
    private final String token;

    /**
     * One there.
     *
     * @param authority PEM file with the server's certificate or that of its authority; empty for those the JVM knows
     * @throws IOException there are no certificates in the file
     */
    public ApiClient(URI url, String token, Optional<Path> authority) throws IOException {
        this.url = url;
        this.token = token;
        this.trust = new Trust(authority);
    }

    /**
     * The server named by {@code DAGSHELL_API_URL} and {@code DAGSHELL_API_TOKEN}, or else the one of this machine. Over
     * TLS, {@code DAGSHELL_CA} names a PEM file with the certificate of its authority.
     *
     * @throws IOException none is known, or there are no certificates in that file
     */
    public static ApiClient of(Home home, Map<String, String> environment) throws IOException {
        Optional<ServerFile> local = ServerFile.read(home);
        String url = environment.getOrDefault("DAGSHELL_API_URL", "").strip();
        String token = environment.getOrDefault(
                "DAGSHELL_API_TOKEN", local.map(ServerFile::token).orElse(""));
        Optional<Path> authority = authority(environment);
        if (!url.isEmpty()) {
            return new ApiClient(URI.create(url.replaceAll("/+$", "")), token, authority);
        }
        ServerFile here = local.orElseThrow(() ->
                new IOException("No server was ever started here: dagshell server start, or set DAGSHELL_API_URL and"
                        + " DAGSHELL_API_TOKEN to reach one elsewhere."));
        return new ApiClient(here.url(), token, authority.or(here::certificate));
    }

    private static Optional<Path> authority(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault(TlsRefusal.SETTING, "").strip();
        if (!named.isEmpty() && !Files.isReadable(Path.of(named))) {
            throw new IOException("There is no file " + named + " that can be read (" + TlsRefusal.SETTING + ").");
        }
        return Optional.of(named).filter(file -> !file.isEmpty()).map(Path::of);
    }

    /** Where it sends requests to. */
    public URI url() {
        return url;
    }

    /** One word of a path, escaped. */
    public static String segment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) throws IOException {
        return json(request(path).GET());
    }

    public JsonNode delete(String path) throws IOException {
        return json(request(path).DELETE());
    }

    public JsonNode post(String path, ObjectNode body) throws IOException {
        return post(path, body, PATIENCE);
    }

    /** Posts, and gives a server up that does not answer for so long. */
    public JsonNode post(String path, ObjectNode body, Duration patience) throws IOException {
        return json(request(path)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(text(body)));
    }

    /** What was answered, and how the server speaks with agents. */
    public record AgentAnswer(AgentProtocol server, JsonNode json) {}

    /** Posts as an agent of this DagShell, and gives a server up that does not answer for so long. */
    public AgentAnswer postAsAgent(String path, ObjectNode body, Duration patience) throws IOException {
        HttpRequest.Builder request = request(path)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(text(body));
        AgentProtocol.here().headers().forEach(request::header);
        HttpResponse<String> answer = answered(request);
        return new AgentAnswer(AgentProtocol.told(answer.headers()), json(answer));
    }

    public JsonNode put(String path, ObjectNode body) throws IOException {
        return json(request(path).header("Content-Type", "application/json").PUT(text(body)));
    }

    /** Changes part of what is there. */
    public JsonNode patch(String path, ObjectNode body) throws IOException {
        return json(request(path).header("Content-Type", "application/json").method("PATCH", text(body)));
    }

    private static BodyPublisher text(ObjectNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    /** Sends a file. */
    public void put(String path, Path file) throws IOException {
        json(request(path).header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofFile(file)));
    }

    /** A file's content, to be closed by the caller. */
    public InputStream content(String path) throws IOException {
        HttpResponse<InputStream> answer = send(request(path).GET(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            try (InputStream body = answer.body()) {
                throw refusal(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return new ServerContent(answer.body(), url, PATIENCE_WITH_CONTENT);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException {
        return json(answered(request));
    }

    private HttpResponse<String> answered(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw refusal(answer.statusCode(), answer.body());
        }
        return answer;
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return answer.body().isEmpty() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(answer.body());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return trust.client().send(request.build(), handler);
        } catch (SSLException refused) {
            if (trust.renewed()) {
                // Nothing was sent yet.
                return send(request, handler);
            }
            throw new ServerAwayException(TlsRefusal.sentence(url, trust.file(), refused), refused);
        } catch (ConnectException nobody) {
            throw new ServerAwayException("No server answers at " + url + ": dagshell server start.", nobody);
        } catch (HttpTimeoutException slow) {
            throw new ServerAwayException("The server at " + url + " did not answer in time.", slow);
        } catch (IOException broken) {
            throw new ServerAwayException("The server at " + url + " broke off: " + broken.getMessage() + ".", broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("The request to " + url + " was interrupted.", stop);
        }
    }

    /** A server in trouble is one that cannot be reached: what was asked may be asked again. */
    private RuntimeException refusal(int status, String body) throws IOException {
        String detail = detail(body);
        if (status >= 500) {
            throw new ServerAwayException("The server at " + url + " could not do it: " + detail);
        }
        return new ServerRefusal(status, detail);
    }

    private static String detail(String body) {
        try {
            return JSON.readTree(body).path("detail").asText(body);
        } catch (JsonProcessingException plain) {
            return body;
        }
    }
}
