package io.dagshell.engine.value;

import java.io.IOException;
import java.io.InputStream;

/** Port: reads blobs by address. */
public interface BlobReader {

    /**
     * The blob's bytes, verified against its address before the first byte is handed out.
     *
     * @throws IOException missing or damaged
     */
    InputStream open(Digest address) throws IOException;
}
