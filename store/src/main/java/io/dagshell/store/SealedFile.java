package io.dagshell.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small file encrypted with AES-256-GCM under a key in a file beside it ({@code blocks.key}); both are readable by
 * their owner only. Layout: {@code DSB1}, 12 random bytes, ciphertext with its tag. Replaced as a whole.
 */
final class SealedFile {
    private static final byte[] MAGIC = {'D', 'S', 'B', '1'};
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Path keyFile;

    SealedFile(Path file) {
        this.file = file.toAbsolutePath();
        this.keyFile = beside(".key");
    }

    Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** What the file holds, or empty if there is none. */
    Optional<byte[]> read() {
        try {
            return Optional.of(decrypt(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new BlocksFileException("The block file " + file + " cannot be read: " + failure, failure);
        }
    }

    void write(byte[] content) {
        try {
            Path written = beside(".new");
            Files.deleteIfExists(written);
            writePrivately(written, encrypt(content));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new BlocksFileException("The block file " + file + " cannot be written: " + failure, failure);
        }
    }

    private byte[] decrypt(byte[] sealed) {
        if (sealed.length < MAGIC.length + IV_BYTES + TAG_BITS / 8 || Arrays.mismatch(sealed, MAGIC) != MAGIC.length) {
            throw damaged(null);
        }
        try {
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE,
                    existingKey(),
                    Arrays.copyOfRange(sealed, MAGIC.length, MAGIC.length + IV_BYTES));
            int start = MAGIC.length + IV_BYTES;
            return cipher.doFinal(sealed, start, sealed.length - start);
        } catch (AEADBadTagException wrong) {
            throw damaged(wrong);
        } catch (GeneralSecurityException failure) {
            throw new BlocksFileException("The block file " + file + " cannot be decrypted: " + failure, failure);
        }
    }

    private BlocksFileException damaged(@org.jspecify.annotations.Nullable Throwable cause) {
        String message = "The block file " + file + " is damaged, or " + keyFile
                + " is not the key it was written with; restore both from a backup, or delete both and set the blocks again";
        return cause == null ? new BlocksFileException(message) : new BlocksFileException(message, cause);
    }

    private byte[] encrypt(byte[] content) throws IOException {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, key(), iv).doFinal(content);
            return ByteBuffer.allocate(MAGIC.length + iv.length + secret.length)
                    .put(MAGIC)
                    .put(iv)
                    .put(secret)
                    .array();
        } catch (GeneralSecurityException failure) {
            throw new BlocksFileException("The block file " + file + " cannot be encrypted: " + failure, failure);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(MAGIC);
        return cipher;
    }

    private byte[] existingKey() {
        try {
            byte[] key = Files.readAllBytes(keyFile);
            if (key.length != KEY_BYTES) {
                throw damaged(null);
            }
            return key;
        } catch (NoSuchFileException none) {
            throw new BlocksFileException("The key " + keyFile + " of the block file " + file
                    + " is missing; restore it from a backup, or delete the block file and set the blocks again");
        } catch (IOException failure) {
            throw new BlocksFileException("The key " + keyFile + " cannot be read: " + failure, failure);
        }
    }

    private byte[] key() throws IOException {
        if (!Files.exists(keyFile)) {
            byte[] made = new byte[KEY_BYTES];
            RANDOM.nextBytes(made);
            try {
                writePrivately(keyFile, made);
            } catch (FileAlreadyExistsException another) {
                return existingKey();
            }
        }
        return existingKey();
    }

    /** Creates the file with its permissions, so that nobody can read it in between, and waits for the disk. */
    static void writePrivately(Path file, byte[] content) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, privately(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    static FileAttribute<?>[] privately(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
