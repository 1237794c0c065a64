package io.dagshell.engine.value;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Port: the present state of what files and addresses in a value point at. */
public interface Sources {

    /**
     * Digest of the content if {@code path} is an existing regular file.
     *
     * @throws java.io.UncheckedIOException the file is there and cannot be read
     */
    Optional<Digest> file(Path path);

    /** What the server gives to tell versions of {@code address} apart; empty if nothing is known. */
    Optional<String> validator(URI address);

    /** Reads files, asks no server. */
    static Sources local() {
        return LocalSources.INSTANCE;
    }
}
