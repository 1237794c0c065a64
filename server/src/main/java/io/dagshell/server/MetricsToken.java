package io.dagshell.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What lets a Prometheus in, to {@code /metrics} and nowhere else. It follows from the server's token, from which nobody
 * can go back: there is nothing to keep, and it ends with that token.
 */
public record MetricsToken(String value) {
    static final String PATH = "/metrics";
    private static final String PURPOSE = "dagshell metrics 1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 24;

    /** Of the server with that token. */
    public static MetricsToken of(String token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] made = mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));
            return new MetricsToken(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(made, BYTES)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", impossible);
        }
    }

    boolean fits(@Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "MetricsToken";
    }
}
