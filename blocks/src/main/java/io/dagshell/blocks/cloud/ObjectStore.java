package io.dagshell.blocks.cloud;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Port: a bucket. Failures of the network and answers 408, 429 and 5xx were retried with backoff. Thread-safe. */
public interface ObjectStore extends AutoCloseable {

    /** Told as bytes pass; throws to stop. */
    interface Watch {
        void passed(long bytes, long total);
    }

    /**
     * Puts a file's content under a name, in one step: nobody sees half of it. Writes over what was there when it looked, and
     * over nothing that came meanwhile.
     */
    StoredObject put(Path file, String name, Watch watch) throws CloudException;

    /** Fetches an object, its checksum checked; the file appears when it is whole. */
    StoredObject get(String name, Path file, Watch watch) throws CloudException;

    /** The bytes of an object as they come, their checksum not checked; empty if there is none. */
    Optional<InputStream> read(String name) throws CloudException;

    /** The bytes of an object that was found, and not of another that has come under its name. */
    InputStream read(StoredObject known);

    /** Objects whose name starts so, by name. */
    List<StoredObject> list(String prefix) throws CloudException;

    Optional<StoredObject> find(String name) throws CloudException;

    /** Whether there was one. */
    boolean delete(String name) throws CloudException;

    /** Where the bucket is, if it is there and may be used. */
    String location() throws CloudException;

    @Override
    void close();
}
