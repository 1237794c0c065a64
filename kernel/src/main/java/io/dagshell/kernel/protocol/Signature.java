package io.dagshell.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.jspecify.annotations.Nullable;

/** Signs frames and checks signatures with a connection's key. Thread-safe: the generator is synchronized. */
public final class Signature {
    private final @Nullable HMACGenerator generator;

    private Signature(@Nullable HMACGenerator generator) {
        this.generator = generator;
    }

    /** For a connection; one without key signs nothing and believes everything, as the protocol says. */
    public static Signature of(Connection connection) {
        if (connection.key().isEmpty()) {
            return new Signature(null);
        }
        try {
            return signed(connection.signatureScheme(), connection.key());
        } catch (GeneralSecurityException unknown) {
            throw new IllegalArgumentException(
                    "This Java has no signature scheme '" + connection.signatureScheme() + "'.", unknown);
        }
    }

    static Signature signed(String scheme, String key) throws GeneralSecurityException {
        return new Signature(new HMACGenerator(scheme, key));
    }

    byte[] sign(List<byte[]> parts) {
        if (generator == null) {
            return new byte[0];
        }
        String hexadecimal = generator.calculateSignature(parts.toArray(byte[][]::new));
        return hexadecimal.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes as long for a signature that is nearly right as for any other. */
    boolean matches(byte[] signature, List<byte[]> parts) {
        return generator == null || MessageDigest.isEqual(sign(parts), signature);
    }
}
