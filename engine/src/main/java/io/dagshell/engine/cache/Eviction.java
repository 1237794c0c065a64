package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Keeps the folder below its size limit: entries least recently hit go first, then blobs nobody names. Looked at every
 * few minutes at most, after a store. Thread-safe; harmless when several processes do it at once.
 */
final class Eviction {
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** Younger blobs may belong to an entry about to be written, younger drafts to a writer at work. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Path folder;
    private final EntryFolder entries;
    private final FileBlobs blobs;
    private final Clock clock;
    private final CacheSettings settings;
    private final AtomicReference<Instant> next;

    Eviction(Path folder, EntryFolder entries, FileBlobs blobs, Clock clock, CacheSettings settings) {
        this.folder = folder;
        this.entries = entries;
        this.blobs = blobs;
        this.clock = clock;
        this.settings = settings;
        this.next = new AtomicReference<>(clock.instant().plus(PAUSE));
    }

    void afterStore() {
        Instant due = next.get();
        Instant now = clock.instant();
        if (now.isBefore(due) || !next.compareAndSet(due, now.plus(PAUSE))) {
            return;
        }
        try {
            run();
        } catch (IOException | RuntimeException failed) {
            settings.report().accept("the cache could not be tidied: " + failed.getMessage());
        }
    }

    /** Removes what is too much and answers how many entries went. */
    int run() throws IOException {
        Set<Digest> kept = new HashSet<>();
        long size = 0;
        int removed = 0;
        for (Path file : entries.lastHitFirst(Optional.empty())) {
            Optional<Entry> entry = entries.readFile(file);
            if (entry.isEmpty()) {
                continue;
            }
            long more = Files.exists(file) ? Files.size(file) + sizeOfNew(entry.get(), kept) : 0;
            boolean stays = size + more <= settings.sizeLimit()
                    || settings.pinned().test(entry.get().key().hex());
            if (stays) {
                size += more;
                kept.addAll(entry.get().blobs());
            } else {
                Files.deleteIfExists(file);
                removed++;
            }
        }
        removeOrphans(kept);
        return removed;
    }

    private long sizeOfNew(Entry entry, Set<Digest> kept) throws IOException {
        long size = 0;
        for (Digest blob : new HashSet<>(entry.blobs())) {
            Path place = blobs.place(blob);
            if (!kept.contains(blob) && Files.exists(place)) {
                size += Files.size(place);
            }
        }
        return size;
    }

    private void removeOrphans(Set<Digest> kept) throws IOException {
        Set<String> names = new HashSet<>();
        kept.forEach(blob -> names.add(blob.hex()));
        Instant limit = Instant.ofEpochMilli(System.currentTimeMillis()).minus(GRACE); // as the file system dates files
        for (String part : List.of("blobs", "files", "tmp")) {
            for (Path file : filesBelow(folder.resolve(part))) {
                boolean named = Stream.of(file.getName(file.getNameCount() - 1), file.getName(file.getNameCount() - 2))
                        .anyMatch(each -> names.contains(each.toString()));
                if (!named && isOlder(file, limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
