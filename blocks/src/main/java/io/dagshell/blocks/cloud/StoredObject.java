package io.dagshell.blocks.cloud;

import java.net.URI;
import java.time.Instant;

/**
 * An object of a bucket.
 *
 * @param size in bytes
 * @param generation the service's number for this content; a write to the name gives another
 * @param crc32c of the content, base64 of four bytes, big-endian
 */
public record StoredObject(String bucket, String name, long size, long generation, String crc32c, Instant updated) {
    /** {@code gs://bucket/name}. */
    public URI uri() {
        return URI.create("gs://" + bucket + "/" + name.replace("%", "%25").replace(" ", "%20"));
    }

    @Override
    public String toString() {
        return "gs://" + bucket + "/" + name;
    }
}
