package io.dagshell.engine.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Port: a place of files that many machines share, such as a folder of a file server or a bucket. It knows nothing of
 * results; what is in it is believed only after its signature was checked. Needs no locks: a name is there with all its
 * bytes or not at all, and the last one who puts it wins. Thread-safe.
 */
public interface SharedPlace {

    /**
     * The bytes under a name, its parts separated by {@code /}.
     *
     * @throws IOException the place cannot be reached
     */
    Optional<InputStream> open(String name) throws IOException;

    /** Whether there is such a name. */
    boolean has(String name) throws IOException;

    /** Puts what is in {@code file} under a name, replacing what was there: all of it or nothing. */
    void put(String name, Path file) throws IOException;

    /** For people: where it is. */
    @Override
    String toString();
}
