package io.dagshell.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import io.dagshell.store.orchestration.FolderFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
                .header("Authorization", "Bearer " + token);
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
        FlowManifest manifest = new FlowManifest(
                1,
                new TaskName("etl"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(
                        new FlowParameter("year", "int", Optional.empty(), Optional.of("2020")),
                        new FlowParameter(
                                "months", "java.util.List<java.lang.Integer>", Optional.empty(), Optional.of("[1]"))),
                List.of(),
                new FlowGraph(List.of(), List.of()),
                "",
                List.of(),
                List.of());
        ObjectNode body = JSON.createObjectNode();
        ObjectNode files = body.putObject("files");
        Map.of(
                        FolderFiles.YAML,
                        page.getBytes(UTF_8),
                        FolderFiles.MANIFEST,
                        ManifestJson.write(manifest),
                        FolderFiles.JAR,
                        new byte[] {1},
                        FolderFiles.LOCK,
                        new byte[0])
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        return call("POST", "/api/deployments", body.toString()).json();
    }
}
