package io.dagshell.server.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A part of a page that the browser asks for again, showing which one it has; it is sent only if it became another. A
 * part of a run is asked for when the run's stream of events says so, others every two seconds: a browser allows six
 * connections to a server, so only a page that is looked at holds one.
 *
 * @param id of the element
 * @param address that answers with it
 * @param going whether it may still change
 * @param when the browser asks: {@link #EVERY} or {@link #CHANGED}
 * @param html its content
 */
public record LivePart(String id, String address, boolean going, String when, String html) {
    /** By the clock. */
    public static final String EVERY = "every 2s";

    /** When the page's script says so, which listens to the run. */
    public static final String CHANGED = "changed";

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
