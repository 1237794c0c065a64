package io.dagshell.engine.value;

import java.io.IOException;
import java.io.OutputStream;

/** Port: writes content-addressed blobs. */
public interface BlobWriter {

    /** Stores what {@code content} writes (one pass) and answers its SHA-256, the blob's address. */
    Digest write(Content content) throws IOException;

    /** Whether what is written is wanted for a short while, such as a run lasts: then time counts more than size. */
    default boolean isBrief() {
        return false;
    }

    /** Writes a blob's bytes to the given stream. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
