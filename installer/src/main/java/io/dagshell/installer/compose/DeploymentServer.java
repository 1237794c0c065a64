package io.dagshell.installer.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.FlowDifference.Exported;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.client.RemoteLibraries;
import io.dagshell.server.client.ServerRefusal;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the commands of deployments ask a server. */
public final class DeploymentServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORT = 12;
    private final ApiClient server;
    private final Home home;

    private DeploymentServer(ApiClient server, Home home) {
        this.server = server;
        this.home = home;
    }

    /** The server of this machine, or the one the environment names. */
    public static DeploymentServer ofEnvironment() throws IOException {
        Home home = Home.ofEnvironment();
        return new DeploymentServer(ApiClient.of(home, System.getenv()), home);
    }

    /** Requests beside these. */
    public ApiClient client() {
        return server;
    }

    /** Its place in the API. */
    public static String path(String deployment) {
        return "/api/deployments/" + ApiClient.segment(deployment);
    }

    /** Sends the folder, and the libraries of it that the server lacks once it has said that it takes the folder. */
    public JsonNode apply(Path folder, boolean replace) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw CommandProblem.badInput("There is no folder " + folder + ".");
        }
        FolderFiles files = FolderFiles.read(folder);
        ObjectNode body = JSON.createObjectNode().put("replace", replace);
        ObjectNode content = body.putObject("files");
        files.names()
                .forEach(name -> content.put(
                        name,
                        Base64.getEncoder().encodeToString(files.bytes(name).orElseThrow())));
        List<Entry> missing = files.names().contains(FolderFiles.LOCK)
                ? missing(files.text(FolderFiles.LOCK).orElseThrow())
                : List.of();
        if (!missing.isEmpty()) {
            requireTaken(body);
            LibraryStore store = new LibraryStore(home.libraries());
            for (Entry entry : missing) {
                server.put("/api/libraries/" + entry.sha256() + "/" + entry.file(), store.find(entry));
            }
        }
        return server.post("/api/deployments", body);
    }

    /** Libraries may take minutes to send: whoever mistyped a line is told before. */
    private void requireTaken(ObjectNode body) throws IOException {
        try {
            server.post("/api/deployments/check", body);
        } catch (ServerRefusal refusal) {
            // A server of before does not know the question, and answers it when it is asked to apply.
            if (refusal.status() != HttpURLConnection.HTTP_NOT_FOUND
                    && refusal.status() != HttpURLConnection.HTTP_BAD_METHOD) {
                throw refusal;
            }
        }
    }

    private List<Entry> missing(String lock) throws IOException {
        JsonNode missing = server.post(
                        "/api/libraries/missing", JSON.createObjectNode().put("lock", lock))
                .path("missing");
        Set<String> wanted = new HashSet<>();
        missing.forEach(each -> wanted.add(each.path("sha256").asText()));
        return DependencyLock.parse(lock).entries().stream()
                .filter(entry -> wanted.contains(entry.sha256()))
                .toList();
    }

    /** The folder of a deployment's current version, with its libraries in this machine's store. */
    public FolderFiles folder(String name) throws IOException {
        JsonNode deployment = server.get(path(name));
        String version = path(name) + "/versions/" + deployment.path("version").asText() + "/files/";
        Map<String, byte[]> files = new HashMap<>();
        for (String file : List.of(FolderFiles.YAML, FolderFiles.MANIFEST, FolderFiles.JAR, FolderFiles.LOCK)) {
            try (InputStream content = server.content(version + file)) {
                files.put(file, content.readAllBytes());
            }
        }
        RemoteLibraries libraries = new RemoteLibraries(new LibraryStore(home.libraries()), server);
        String lock = new String(files.get(FolderFiles.LOCK), StandardCharsets.UTF_8);
        for (Entry entry : DependencyLock.parse(lock).entries()) {
            libraries.require(entry);
        }
        return FolderFiles.of(files);
    }

    /** What it runs of that deployment. */
    public Exported deployed(String name) throws IOException {
        String version = server.get(path(name)).path("version").asText();
        String files = path(name) + "/versions/" + version + "/files/";
        try (InputStream json = server.content(files + FolderFiles.MANIFEST);
                InputStream lock = server.content(files + FolderFiles.LOCK)) {
            return exported(json.readAllBytes(), lock.readAllBytes());
        }
    }

    /** An export of these two files. */
    public static Exported exported(byte[] manifest, byte[] lock) throws IOException {
        return new Exported(
                ManifestJson.read(manifest), DependencyLock.parse(new String(lock, StandardCharsets.UTF_8)));
    }

    /** Enough of a version's digest to tell it from others. */
    public static String shortVersion(JsonNode version) {
        String digest = version.path("version").asText();
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }

    /** Orders a run with parameters as they were typed. */
    public JsonNode order(String deployment, Map<String, String> texts, Map<String, String> options)
            throws IOException {
        ObjectNode body = JSON.createObjectNode().put("createdBy", System.getProperty("user.name", "someone"));
        options.forEach(body::put);
        texts.forEach(body.putObject("texts")::put);
        return server.post(path(deployment) + "/runs", body);
    }
}
