package io.dagshell.engine.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Port: reads blobs by address. May be kept by a lazy value and used later. Thread-safe. */
public interface BlobReader {

    /**
     * The blob's bytes, verified against its address before the first byte is handed out.
     *
     * @throws IOException missing or damaged
     */
    InputStream open(Digest address) throws IOException;

    /**
     * A read-only file with the blob's content.
     *
     * @param name its file name, without folders
     * @throws IOException missing or damaged
     */
    Path file(Digest address, String name) throws IOException;
}
