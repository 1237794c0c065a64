package io.dagshell.server.client;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.LibraryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Libraries of this machine's store, and those of a server that are not there yet. Thread-safe.
 *
 * @param store where they are kept
 * @param server has those of its deployments
 */
public record RemoteLibraries(LibraryStore store, ApiClient server) {

    /**
     * The jar of that line, fetched if need be.
     *
     * @throws DamagedLibraryException the server has something else under that name
     * @throws IOException the server does not answer, or this machine cannot keep it
     * @throws ServerRefusal it has no such jar
     */
    public Path require(Entry entry) throws IOException {
        if (!store.has(entry)) {
            try (InputStream content = server.content("/api/libraries/" + entry.sha256() + "/" + entry.file())) {
                store.put(entry, content);
            }
            if (!store.has(entry)) {
                throw new DamagedLibraryException("The server's copy of the library " + entry.file()
                        + " is damaged: its SHA-256 is not " + entry.sha256() + ". Apply the deployment again.");
            }
            store.fetched(entry);
        }
        return store.find(entry);
    }
}
