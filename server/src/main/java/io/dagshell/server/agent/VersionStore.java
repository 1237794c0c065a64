package io.dagshell.server.agent;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.client.RemoteLibraries;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Folders of versions by digest, and the libraries they name; what is not here is fetched. Thread-safe. */
final class VersionStore {
    private final Path folder;
    private final RemoteLibraries libraries;
    private final ApiClient server;

    VersionStore(Path folder, LibraryStore libraries, ApiClient server) {
        this.folder = folder;
        this.libraries = new RemoteLibraries(libraries, server);
        this.server = server;
    }

    /**
     * A version that is all here.
     *
     * @param jar its {@code flow.jar}
     * @param runtime DagShell's own libraries for it, in order of the class path
     */
    record Version(Path jar, List<Path> runtime) {}

    /** The order's version, with all it needs here. */
    synchronized Version of(Order order) throws IOException {
        Path version = folder.resolve(order.version());
        Path jar = version.resolve(FolderFiles.JAR);
        if (!Files.isRegularFile(jar)) {
            fetch(order, version, FolderFiles.LOCK);
            fetch(order, version, FolderFiles.MANIFEST);
            fetch(order, version, FolderFiles.JAR);
        }
        List<Path> runtime = new ArrayList<>();
        for (Entry entry : DependencyLock.parse(Files.readString(version.resolve(FolderFiles.LOCK)))
                .entries()) {
            Path library = libraries.require(entry);
            if (entry.role() == Role.RUNTIME) {
                runtime.add(library);
            }
        }
        return new Version(jar, runtime);
    }

    private void fetch(Order order, Path version, String file) throws IOException {
        Files.createDirectories(version);
        Path part = version.resolve("." + file + ".part");
        String path = "/api/deployments/" + ApiClient.segment(order.deployment()) + "/versions/" + order.version()
                + "/files/" + file;
        try (InputStream content = server.content(path)) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, version.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
