package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that machines which trust each other's results have in common: an HMAC key, since whoever may read entries
 * is also trusted to make them. A file people copy from one machine to the other.
 */
public final class SigningKey {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec secret;
    private final Path file;

    private SigningKey(byte[] secret, Path file) {
        this.secret = new SecretKeySpec(secret, HMAC);
        this.file = file;
    }

    /** The key in a file; a new one, readable by its owner only, if there is no such file. */
    public static SigningKey of(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        String hex = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            byte[] secret = HexFormat.of().parseHex(hex);
            if (secret.length < BYTES) {
                throw new IllegalArgumentException("too short");
            }
            return new SigningKey(secret, file);
        } catch (IllegalArgumentException noKey) {
            throw new IOException(file + " holds no signing key: 64 hexadecimal characters are expected.", noKey);
        }
    }

    /** Whole or not at all, and never in the place of one another process has just made. */
    private static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        AtomicFiles.makeFolder(folder);
        // Its owner's only, as the JDK makes all temporary files.
        Path draft = Files.createTempFile(folder, "key", ".tmp");
        try {
            Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException madeByAnother) {
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    String sign(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + HMAC, impossible);
        }
    }

    /** Where it is; the secret itself is never shown. */
    @Override
    public String toString() {
        return file.toString();
    }
}
