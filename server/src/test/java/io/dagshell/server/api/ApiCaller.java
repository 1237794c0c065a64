package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.home.Home;
import io.dagshell.server.EtlFolder;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A program with the token. */
final class ApiCaller {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final String token;

    ApiCaller(Server server, Home home) throws Exception {
        url = server.url();
        token = ServerFile.read(home).orElseThrow().token();
    }

    /** What was answered. */
    record Answer(int status, JsonNode json) {
        String detail() {
            return json.path("detail").asText();
        }
    }

    Answer call(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("DagShell-Agent-Protocol", "1");
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    /** The status of a DELETE, which answers without a body. */
    int delete(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    JsonNode get(String path) throws Exception {
        return call("GET", path, "").json();
    }

    /** Applies a folder whose flow takes {@code year} and {@code months}. */
    JsonNode apply(String page) throws Exception {
        return call("POST", "/api/deployments", folder(page)).json();
    }

    /** Asks whether it would be applied. */
    Answer check(String page) throws Exception {
        return call("POST", "/api/deployments/check", folder(page));
    }

    private static String folder(String page) {
        return EtlFolder.json(
                page,
                new FlowParameter("year", "int", Optional.empty(), Optional.of("2020")),
                new FlowParameter("months", "java.util.List<java.lang.Integer>", Optional.empty(), Optional.of("[1]")));
    }
}
