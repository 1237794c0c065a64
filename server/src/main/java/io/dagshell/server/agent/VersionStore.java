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
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of versions by digest, and the libraries they name; what is not here is fetched, and what came from the server and was not used
 * for a month is dropped, so that an agent's home does not grow with every deployment there ever was. Thread-safe.
 */
final class VersionStore {
    private static final Duration UNUSED_STAY = Duration.ofDays(30);
    private static final Duration LOOK_EVERY = Duration.ofDays(1);

    private final Path folder;
    private final RemoteLibraries libraries;
    private final ApiClient server;
    private final Clock clock;
    private Instant looked = Instant.MIN;

    VersionStore(Path folder, LibraryStore libraries, ApiClient server, Clock clock) {
        this.folder = folder;
        this.libraries = new RemoteLibraries(libraries, server);
        this.server = server;
        this.clock = clock;
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
            libraries.store().used(entry, clock.instant());
            if (entry.role() == Role.RUNTIME) {
                runtime.add(library);
            }
        }
        Files.setLastModifiedTime(version, FileTime.from(clock.instant()));
        dropUnused();
        return new Version(jar, runtime);
    }

    /** After what is wanted now is marked as used. A process that has a jar open keeps it. */
    private void dropUnused() {
        Instant now = clock.instant();
        if (looked.plus(LOOK_EVERY).isAfter(now)) {
            return;
        }
        looked = now;
        try {
            Instant since = now.minus(UNUSED_STAY);
            for (Path version : versions()) {
                if (Files.getLastModifiedTime(version).toInstant().isBefore(since)) {
                    for (String name : List.of(FolderFiles.JAR, FolderFiles.LOCK, FolderFiles.MANIFEST)) {
                        Files.deleteIfExists(version.resolve(name));
                        Files.deleteIfExists(part(version, name));
                    }
                    Files.delete(version);
                }
            }
            libraries.store().dropFetchedUnusedSince(since);
        } catch (IOException busy) {
            System.getLogger(VersionStore.class.getName())
                    .log(System.Logger.Level.WARNING, "versions that are not used any more were not deleted", busy);
        }
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static Path part(Path version, String file) {
        return version.resolve("." + file + ".part");
    }

    private void fetch(Order order, Path version, String file) throws IOException {
        Files.createDirectories(version);
        Path part = part(version, file);
        String path = "/api/deployments/" + ApiClient.segment(order.deployment()) + "/versions/" + order.version()
                + "/files/" + file;
        try (InputStream content = server.content(path)) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, version.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
