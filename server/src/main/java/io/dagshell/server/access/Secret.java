package io.dagshell.server.access;

import io.dagshell.engine.value.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random text that lets in, and its digest, which is what is kept. It has 256 random bits, so that nobody comes back from
 * the digest to it by trying; a slow hash is for what people choose.
 */
public record Secret(String value) {
    /** What tokens begin with, for whoever looks for secrets in places where they should not be. */
    static final String TOKEN = "dagshell_";

    static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** A new token. */
    public static Secret token() {
        return new Secret(TOKEN + random());
    }

    /** What the cookie of a new session holds. */
    static Secret session() {
        return new Secret(random());
    }

    private static String random() {
        byte[] made = new byte[BYTES];
        RANDOM.nextBytes(made);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
    }

    /** SHA-256, in hexadecimal digits. */
    public String digest() {
        return Digest.of(Digest.sha256().digest(value.getBytes(StandardCharsets.UTF_8)))
                .hex();
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
