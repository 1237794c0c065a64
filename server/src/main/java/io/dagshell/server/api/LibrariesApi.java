package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.store.orchestration.SharedLibraries;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnprocessableContentResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code /api/libraries}: jars by SHA-256, which agents lack that did not build the deployment. */
final class LibrariesApi {
    private static final String ONE = "/api/libraries/{sha256}/{file}";

    /** Bytes of a jar; those of drivers and clouds are below a tenth of it. */
    private static final long LARGEST = 1L << 30;

    private static final ApiType SHA256 = ApiType.matching("a SHA-256 in lower case", "[0-9a-f]{64}");
    private static final ApiType FILE = ApiType.matching("the name of a jar", "[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}");
    private final LibraryStore store;
    private final SharedLibraries shared;

    LibrariesApi(LibraryStore store, SharedLibraries shared) {
        this.store = store;
        this.shared = shared;
    }

    void add(Endpoints endpoints) {
        endpoints
                .post("/api/libraries/missing", "Which jars of a deps.lock are not here.", this::missing)
                .needs("lock", ApiType.TEXT)
                .gives("missing", ApiType.listOf(Answers.MISSING));
        jar(endpoints.get(ONE, "A jar.", this::send)).content("", "application/java-archive");
        jar(endpoints.put(ONE, "Keeps a jar.", this::keep))
                .content("application/octet-stream", "application/json")
                .largest(LARGEST)
                .status(204);
    }

    private static Endpoint jar(Endpoint endpoint) {
        return endpoint.place("sha256", SHA256).place("file", FILE);
    }

    /** Of the lines of a {@code deps.lock}, those whose jar is not here. */
    private void missing(Context request) {
        RequestBody body = RequestBody.of(request);
        ObjectNode answer = ApiJson.object();
        ArrayNode missing = answer.putArray("missing");
        try {
            for (Entry entry : DependencyLock.parse(body.required("lock")).entries()) {
                if (!isHere(entry)) {
                    missing.addObject().put("sha256", entry.sha256()).put("file", entry.file());
                }
            }
        } catch (IllegalArgumentException noLock) {
            throw new UnprocessableContentResponse(String.valueOf(noLock.getMessage()));
        }
        DeploymentsApi.answer(request, answer);
    }

    /** What is here is for the other servers on the database too. */
    private boolean isHere(Entry entry) {
        try {
            shared.keep(entry.sha256(), store.find(checked(entry.sha256(), entry.file())));
            return true;
        } catch (IOException absent) {
            return shared.holds(entry.sha256());
        }
    }

    private Path found(Entry entry) throws IOException {
        try {
            return store.find(entry);
        } catch (IOException absent) {
            Path folder = Files.createTempDirectory("dagshell-library");
            Path jar = folder.resolve(entry.file());
            try (OutputStream out = Files.newOutputStream(jar)) {
                if (!shared.write(entry.sha256(), out)) {
                    throw absent;
                }
                store.add(jar, Role.USER, "");
            } finally {
                Files.deleteIfExists(jar);
                Files.deleteIfExists(folder);
            }
            return store.find(entry);
        }
    }

    private void send(Context request) throws IOException {
        Entry entry = checked(request.pathParam("sha256"), request.pathParam("file"));
        try {
            request.result(Files.newInputStream(found(entry)));
            request.contentType("application/java-archive");
        } catch (IOException absent) {
            throw new NotFoundResponse(String.valueOf(absent.getMessage()));
        }
    }

    private void keep(Context request) throws IOException {
        Entry entry = checked(request.pathParam("sha256"), request.pathParam("file"));
        Path folder = Files.createTempDirectory("dagshell-library");
        Path jar = folder.resolve(entry.file());
        try (InputStream content = request.bodyInputStream()) {
            Files.copy(new LimitedStream(content, LARGEST), jar);
            if (!LibraryStore.digest(jar).equals(entry.sha256())) {
                throw new UnprocessableContentResponse("What was sent of " + entry.file() + " has another SHA-256.");
            }
            store.add(jar, Role.USER, "");
            shared.keep(entry.sha256(), jar);
        } finally {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        }
        request.status(204);
    }

    /** Nothing in them may lead out of the store. */
    private static Entry checked(String sha256, String file) {
        if (!SHA256.fits(sha256) || !FILE.fits(file)) {
            throw new BadRequestResponse("That is no library: " + file + ".");
        }
        return new Entry(Role.USER, sha256, file, "");
    }
}
