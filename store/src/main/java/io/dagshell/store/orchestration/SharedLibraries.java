package io.dagshell.store.orchestration;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.store.Micros;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Jars that deployments need, kept in a database that several servers share, since each has a library store of its own.
 * In pieces, so that none is in memory as a whole. Where the database is a file of one home it keeps nothing. Thread-safe.
 */
public final class SharedLibraries {
    private static final int PIECE = 4 << 20;

    private static final String ASKED = "update libraries set asked_at = :now where digest = :digest and piece = 0";

    private static final String FIRST_SEEN = "update libraries set asked_at = :now where piece = 0 and asked_at = 0";

    /** Of all versions, for any may become the current one again. */
    private static final String LOCKS = """
            select c.bytes from contents c where c.digest in
                (select f.digest from deployment_files f where f.name = :name)""";

    private final Transactions transactions;
    private final Clock clock;

    SharedLibraries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether it is there, whole. */
    public boolean has(String sha256) {
        return transactions.locksRows() && transactions.read(handle -> isThere(handle, sha256));
    }

    /** Whether it is there, whole, and will be for as long as an unused one stays, counted from now. */
    public boolean holds(String sha256) {
        return transactions.locksRows() && transactions.write(handle -> ask(handle, sha256));
    }

    private boolean ask(Handle handle, String sha256) {
        return handle.createUpdate(ASKED)
                        .bind("now", Micros.of(clock.instant()))
                        .bind("digest", sha256)
                        .execute()
                > 0;
    }

    private static boolean isThere(Handle handle, String sha256) {
        return handle.createQuery("select 1 from libraries where digest = :digest and piece = 0")
                .bind("digest", sha256)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Keeps a jar, wholly or not at all; if it is there, it counts as asked for. */
    public void keep(String sha256, Path jar) {
        if (holds(sha256) || !transactions.locksRows()) {
            return;
        }
        transactions.write(handle -> {
            try (InputStream content = Files.newInputStream(jar)) {
                int piece = 0;
                byte[] bytes = content.readNBytes(PIECE);
                while (bytes.length > 0) {
                    handle.createUpdate("insert into libraries (digest, piece, bytes, asked_at)"
                                    + " values (:digest, :piece, :bytes, :now) on conflict do nothing")
                            .bind("digest", sha256)
                            .bind("piece", piece++)
                            .bind("bytes", bytes)
                            .bind("now", Micros.of(clock.instant()))
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

    /**
     * The SHA-256 of every jar that a version's {@code deps.lock} names.
     *
     * @throws IllegalArgumentException one of them cannot be read; then nothing may be said to be unused
     */
    public Set<String> used() {
        List<byte[]> locks = transactions.read(handle -> handle.createQuery(LOCKS)
                .bind("name", FolderFiles.LOCK)
                .mapTo(byte[].class)
                .list());
        Set<String> used = new HashSet<>();
        for (byte[] lock : locks) {
            DependencyLock.parse(new String(lock, StandardCharsets.UTF_8))
                    .entries()
                    .forEach(entry -> used.add(entry.sha256()));
        }
        return used;
    }

    /**
     * Deletes jars that no version names and nobody kept or asked for since {@code moment}. Who asks meanwhile either has
     * the jar stay or is told that it is gone: both are decided by the row of its first piece. Jars that a server of an
     * earlier version kept are first seen here, and count as asked for now.
     *
     * @return how many
     */
    public int deleteUnused(Instant moment) {
        transactions.write(handle -> handle.createUpdate(FIRST_SEEN)
                .bind("now", Micros.of(clock.instant()))
                .execute());
        List<String> idle = transactions.read(
                handle -> handle.createQuery("select digest from libraries where piece = 0 and asked_at < :before")
                        .bind("before", Micros.of(moment))
                        .mapTo(String.class)
                        .list());
        if (idle.isEmpty()) {
            return 0;
        }
        // Looked up after the idle ones: a version from before names its jars, who comes later asked for them.
        Set<String> used = used();
        int deleted = 0;
        for (String sha256 : idle) {
            if (!used.contains(sha256) && transactions.write(handle -> delete(handle, sha256, moment))) {
                deleted++;
            }
        }
        return deleted;
    }

    private static boolean delete(Handle handle, String sha256, Instant moment) {
        int first = handle.createUpdate(
                        "delete from libraries where digest = :digest and piece = 0 and asked_at < :before")
                .bind("digest", sha256)
                .bind("before", Micros.of(moment))
                .execute();
        if (first == 0) {
            return false;
        }
        handle.createUpdate("delete from libraries where digest = :digest")
                .bind("digest", sha256)
                .execute();
        return true;
    }
}
