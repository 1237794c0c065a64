package io.dagshell.server.access;

import io.dagshell.store.orchestration.RefusedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are kept: PBKDF2 with HMAC-SHA-256, 600,000 rounds and a salt of their own each, written as {@code
 * pbkdf2-sha256$rounds$salt$hash}. A comparison takes some tenths of a second of a core, on purpose; only a few go on at
 * once, so that guesses do not hold the server up. Thread-safe.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP</a>
 */
public final class Passwords {
    static final int ROUNDS = 600_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String FORM = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LEAST_CHARACTERS = 12;
    private static final int MOST_CHARACTERS = 1_024;
    private static final long PATIENCE_SECONDS = 10;

    private final Semaphore room =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** More want to be let in than can be answered. */
    static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("Too many passwords are looked at just now; try again in a moment.");
        }
    }

    /**
     * The hash of a new password.
     *
     * @throws RefusedException it is too short or too long
     */
    public String hash(String password) {
        if (password.codePointCount(0, password.length()) < LEAST_CHARACTERS) {
            throw RefusedException.invalid("A password has " + LEAST_CHARACTERS + " characters or more.");
        }
        if (password.length() > MOST_CHARACTERS) {
            throw RefusedException.invalid("A password has " + MOST_CHARACTERS + " characters at most.");
        }
        byte[] salt = bytes(SALT_BYTES);
        return write(ROUNDS, salt, derived(password, salt, ROUNDS));
    }

    /** Whether it is the password of that hash. */
    boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(FORM)) {
            throw new IllegalStateException("A password was hashed in a way that this DagShell does not know.");
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] kept = Base64.getDecoder().decode(parts[3]);
        String looked = password.length() > MOST_CHARACTERS ? "" : password;
        return MessageDigest.isEqual(kept, derived(looked, salt, Integer.parseInt(parts[1])));
    }

    /** Takes as long as {@link #matches}, of somebody who is not there. */
    void pretend(String password) {
        matches(password, write(ROUNDS, bytes(SALT_BYTES), bytes(HASH_BYTES)));
    }

    /** Whether one made today would be stronger. */
    boolean isOld(String hash) {
        return !hash.startsWith(FORM + "$" + ROUNDS + "$");
    }

    /** Keyboards write the same letter in more than one way. */
    private byte[] derived(String password, byte[] salt, int rounds) {
        char[] letters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(letters, salt, rounds, HASH_BYTES * Byte.SIZE);
        try {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
            try {
                return SecretKeyFactory.getInstance(ALGORITHM)
                        .generateSecret(spec)
                        .getEncoded();
            } finally {
                room.release();
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", impossible);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] bytes(int count) {
        byte[] made = new byte[count];
        Secret.RANDOM.nextBytes(made);
        return made;
    }

    private static String write(int rounds, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return FORM + "$" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
