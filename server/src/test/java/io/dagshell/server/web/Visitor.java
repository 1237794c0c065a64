package io.dagshell.server.web;

import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Somebody with the token who looks at pages and sends their forms. */
final class Visitor {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    private final String token;

    Visitor(Server server, Home home) throws IOException {
        this.server = server;
        this.token = ServerFile.read(home).orElseThrow().token();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(at(path));
    }

    String body(String path) throws Exception {
        return get(path).body();
    }

    HttpResponse<String> post(String path, String form) throws Exception {
        return send(at(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> put(String path, String json) throws Exception {
        return send(at(path).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(at(path).DELETE());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60));
    }
}
