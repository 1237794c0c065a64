package io.dagshell.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody who asks a server with a token, with the cookie of a login, or with neither. Follows no redirects. */
final class Person {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Map<String, String> headers;

    private Person(URI url, Map<String, String> headers) {
        this.url = url;
        this.headers = headers;
    }

    static Person unknown(Server server) {
        return new Person(server.url(), Map.of("Origin", server.url().toString()));
    }

    static Person withToken(Server server, String token) {
        return new Person(server.url(), Map.of("Authorization", "Bearer " + token));
    }

    static Person withCookie(Server server, String cookie) {
        return new Person(server.url(), Map.of("Origin", server.url().toString(), "Cookie", cookie));
    }

    /** Whoever logs in so, who has to be let in. */
    static Person loggedIn(Server server, String name, String password) throws Exception {
        Answer answer = unknown(server).login(name, password);
        if (answer.status() != 303) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return withCookie(server, answer.cookie());
    }

    /** What was answered. */
    record Answer(int status, String body, HttpResponse<?> response) {
        JsonNode json() throws Exception {
            return JSON.readTree(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        List<String> setCookies() {
            return response.headers().allValues("Set-Cookie");
        }

        /** Name and value of the session's cookie. */
        String cookie() {
            return setCookies().stream()
                    .filter(each -> each.startsWith("dagshell-session="))
                    .map(each -> each.substring(0, each.indexOf(';')))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Answer login(String name, String password) throws Exception {
        return form("/login", Map.of("name", name, "password", password));
    }

    Answer get(String path) throws Exception {
        return send(at(path));
    }

    Answer get(String path, String header, String value) throws Exception {
        return send(at(path).header(header, value));
    }

    Answer form(String path, Map<String, String> fields) throws Exception {
        String form = fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(at(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    Answer json(String method, String path, String body) throws Exception {
        return send(at(path).header("Content-Type", "application/json")
                .header("DagShell-Agent-Protocol", "1")
                .method(method, BodyPublishers.ofString(body)));
    }

    Answer delete(String path) throws Exception {
        return send(at(path).DELETE());
    }

    /** The status alone: some answers never end. */
    int status(String method, String path) throws Exception {
        HttpRequest.Builder request = at(path);
        boolean body = !method.equals("GET") && !method.equals("DELETE");
        if (body) {
            request.header(
                    "Content-Type",
                    path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded");
        }
        HttpResponse<InputStream> answer = client.send(
                request.method(method, body ? BodyPublishers.ofString("") : BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** An answer that goes on. */
    InputStream stream(String path) throws Exception {
        return client.send(at(path).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer);
    }

    private HttpRequest.Builder at(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        return request;
    }
}
