package io.dagshell.server.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A part of a page that the browser asks for every two seconds, showing which one it has; it is sent only if it became
 * another. Polling, not a stream: a browser allows six connections to a server, and an open tab would hold one.
 *
 * @param id of the element
 * @param address that answers with it
 * @param going whether it may still change
 * @param html its content
 */
public record LivePart(String id, String address, boolean going, String html) {
    private static final int STAMP_BYTES = 8;

    /** Tells this content from any other. */
    public String stamp() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((going + html).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, STAMP_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The address with what was seen. */
    public String next() {
        return address + (address.contains("?") ? "&" : "?") + "seen=" + stamp();
    }
}
