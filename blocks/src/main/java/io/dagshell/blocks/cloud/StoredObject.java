package io.dagshell.blocks.cloud;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;

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

    /** A checksum as {@link #crc32c} writes it. */
    public static String written(CRC32C checksum) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array());
    }

    @Override
    public String toString() {
        return "gs://" + bucket + "/" + name;
    }
}
