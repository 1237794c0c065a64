package io.dagshell.engine.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Action records as files, one folder per task; their modification time is the last hit. */
final class EntryFolder {
    private static final String SUFFIX = ".json";
    private static final long MOST_OF_A_TASK = 2_000;

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
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Dated> dated = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root, 2)) {
            for (Path file : (Iterable<Path>) all.filter(each -> each.toString().endsWith(SUFFIX))
                    .limit(task.isPresent() ? MOST_OF_A_TASK : Long.MAX_VALUE)::iterator) {
                dated.add(new Dated(file, Files.getLastModifiedTime(file)));
            }
        } catch (NoSuchFileException | UncheckedIOException removedMeanwhile) {
            return List.of();
        }
        return dated.stream()
                .sorted(Comparator.comparing(Dated::hit).reversed())
                .map(Dated::file)
                .toList();
    }

    private record Dated(Path file, FileTime hit) {}

    /** The record in a file of {@link #lastHitFirst}; empty if it is gone or damaged. */
    Optional<Entry> readFile(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(decode(Files.readAllBytes(file), name.substring(0, name.length() - SUFFIX.length())));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
