package io.dagshell.store.orchestration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Jars that deployments need, kept in a database that several servers share, since each has a library store of its own.
 * In pieces, so that none is in memory as a whole. Where the database is a file of one home it keeps nothing. Thread-safe.
 */
public final class SharedLibraries {
    private static final int PIECE = 4 << 20;

    private final Transactions transactions;

    SharedLibraries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether it is there, whole. */
    public boolean has(String sha256) {
        return transactions.locksRows() && transactions.read(handle -> isThere(handle, sha256));
    }

    private static boolean isThere(Handle handle, String sha256) {
        return handle.createQuery("select 1 from libraries where digest = :digest and piece = 0")
                .bind("digest", sha256)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Keeps a jar, wholly or not at all; does nothing if it is there. */
    public void keep(String sha256, Path jar) {
        if (has(sha256) || !transactions.locksRows()) {
            return;
        }
        transactions.write(handle -> {
            try (InputStream content = Files.newInputStream(jar)) {
                int piece = 0;
                byte[] bytes = content.readNBytes(PIECE);
                while (bytes.length > 0) {
                    handle.createUpdate("insert into libraries (digest, piece, bytes)"
                                    + " values (:digest, :piece, :bytes) on conflict do nothing")
                            .bind("digest", sha256)
                            .bind("piece", piece++)
                            .bind("bytes", bytes)
                            .execute();
                    bytes = content.readNBytes(PIECE);
                }
                return piece;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** Writes a jar; false, with nothing written, if it is not there. */
    public boolean write(String sha256, OutputStream out) throws IOException {
        if (!has(sha256)) {
            return false;
        }
        for (int piece = 0; true; piece++) {
            Optional<byte[]> bytes = piece(sha256, piece);
            if (bytes.isEmpty()) {
                return true;
            }
            out.write(bytes.get());
        }
    }

    private Optional<byte[]> piece(String sha256, int piece) {
        return transactions.read(
                handle -> handle.createQuery("select bytes from libraries where digest = :digest and piece = :piece")
                        .bind("digest", sha256)
                        .bind("piece", piece)
                        .mapTo(byte[].class)
                        .findFirst());
    }
}
