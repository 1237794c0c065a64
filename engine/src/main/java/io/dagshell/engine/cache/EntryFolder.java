package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Action records as files, one folder per task; their modification time is the last hit. */
final class EntryFolder {
    private static final String SUFFIX = ".json";
    private static final int MOST_OF_A_TASK = 2_000;

    private final Path actions;
    private final Path quarantine;
    private final AtomicFiles atomic;

    EntryFolder(Path folder, AtomicFiles atomic) {
        this.actions = folder.resolve("actions");
        this.quarantine = folder.resolve("quarantine");
        this.atomic = atomic;
    }

    /** @throws IOException it is there and damaged */
    Optional<Entry> read(String task, String key) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(place(task, key));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        return Optional.of(decode(bytes, key));
    }

    private static Entry decode(byte[] bytes, String key) throws IOException {
        try {
            return EntryFormat.read(bytes, key);
        } catch (RuntimeException malformed) {
            throw new IOException("its record is damaged", malformed);
        }
    }

    void write(Entry entry) throws IOException {
        byte[] bytes = EntryFormat.write(entry);
        atomic.write(
                out -> out.write(bytes),
                digest -> place(entry.task(), entry.key().hex()));
    }

    void hit(String task, String key, Instant when) throws IOException {
        Files.setLastModifiedTime(place(task, key), FileTime.from(when));
    }

    boolean remove(String task, String key) throws IOException {
        return Files.deleteIfExists(place(task, key));
    }

    /** Moves a bad file out of the way, to be looked at. */
    void moveAside(Path file) throws IOException {
        AtomicFiles.makeFolder(quarantine);
        Path target = quarantine.resolve(file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException goneAlready) {
            return;
        }
    }

    Path place(String task, String key) {
        return actions.resolve(task).resolve(key + SUFFIX);
    }

    /** Files of a task's records (some, where there are very many), last hit first; or of all tasks. */
    List<Path> lastHitFirst(Optional<String> task) throws IOException {
        Path root = task.map(actions::resolve).orElse(actions);
        int most = task.isPresent() ? MOST_OF_A_TASK : Integer.MAX_VALUE;
        return FileListing.below(root, most).stream()
                .filter(each -> each.path().toString().endsWith(SUFFIX))
                .sorted(Comparator.comparing(FileListing.Item::modified).reversed())
                .map(FileListing.Item::path)
                .toList();
    }

    /**
     * The record in a file of {@link #lastHitFirst}; empty if it is gone or damaged.
     *
     * @throws IOException it cannot be read now
     */
    Optional<Entry> readFile(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(decode(Files.readAllBytes(file), name.substring(0, name.length() - SUFFIX.length())));
        } catch (IOException failed) {
            if (saysNothingOfContent(failed)) {
                throw failed;
            }
            return Optional.empty();
        }
    }

    /** Whether a file could not be read, rather than held the wrong bytes or was gone. */
    static boolean saysNothingOfContent(Exception failed) {
        return failed instanceof ClosedByInterruptException
                || (failed instanceof FileSystemException && !(failed instanceof NoSuchFileException));
    }
}
