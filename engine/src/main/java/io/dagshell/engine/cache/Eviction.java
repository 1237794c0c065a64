package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the folder below its size limit: entries least recently hit go first, then blobs nobody names. Looked at after a
 * store, once an hour among all processes, or when this one wrote a tenth of the limit. Thread-safe; harmless when
 * several do it at once.
 */
final class Eviction {
    private static final Duration PAUSE = Duration.ofHours(1);

    /** Younger blobs may belong to an entry about to be written, younger drafts to a writer at work. */
    private static final Duration GRACE = Duration.ofHours(1);

    /** Digests of files that people read are taken anew now and then. */
    private static final Duration SOURCES = Duration.ofDays(30);

    private final Path folder;
    private final EntryFolder entries;
    private final FileBlobs blobs;
    private final Clock clock;
    private final CacheSettings settings;
    private final Pins pins;
    private final AtomicLong written = new AtomicLong();

    Eviction(Path folder, EntryFolder entries, FileBlobs blobs, Clock clock, CacheSettings settings) {
        this.folder = folder;
        this.entries = entries;
        this.blobs = blobs;
        this.clock = clock;
        this.settings = settings;
        this.pins = new Pins(folder);
    }

    void afterStore(Entry entry) {
        try {
            long more = written.addAndGet(sizeOfNew(entry, Set.of()));
            if (more > settings.sizeLimit() / 10 || isDue()) {
                written.set(0);
                run();
            }
        } catch (IOException | RuntimeException failed) {
            settings.report().accept("the cache could not be tidied: " + failed.getMessage());
        }
    }

    /** Whether nobody looked for an hour; says to all others that someone does now. */
    private boolean isDue() throws IOException {
        Path marker = folder.resolve("tidied");
        FileTime now = FileTime.from(clock.instant());
        boolean exists = Files.exists(marker);
        if (exists && isRecent(Files.getLastModifiedTime(marker).toInstant())) {
            return false;
        }
        Files.write(marker, new byte[0]);
        Files.setLastModifiedTime(marker, now);
        return exists;
    }

    /** A time to come, left from before the clock was set back, is not recent. */
    private boolean isRecent(Instant looked) {
        Instant now = clock.instant();
        return looked.plus(PAUSE).isAfter(now) && looked.minus(PAUSE).isBefore(now);
    }

    /** Removes what is too much and answers how many entries went. */
    int run() throws IOException {
        Set<Digest> kept = new HashSet<>();
        Set<String> pinned = pins.keys();
        long size = 0;
        int removed = 0;
        for (Path file : entries.lastHitFirst(Optional.empty())) {
            Optional<Entry> entry = entries.readFile(file);
            if (entry.isEmpty()) {
                continue;
            }
            long more = sizeOf(file) + sizeOfNew(entry.get(), kept);
            boolean stays = size + more <= settings.sizeLimit()
                    || pinned.contains(entry.get().key().hex())
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
            size += kept.contains(blob) ? 0 : sizeOf(blobs.place(blob));
        }
        return size;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException removedMeanwhile) {
            return 0;
        }
    }

    private void removeOrphans(Set<Digest> kept) throws IOException {
        Set<String> names = new HashSet<>();
        kept.forEach(blob -> names.add(blob.hex()));
        // Not the clock's time: the file system dates files by its own.
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Instant limit = now.minus(GRACE);
        for (String part : List.of("blobs", "files", "tmp")) {
            for (FileListing.Item file : FileListing.below(folder.resolve(part), Integer.MAX_VALUE)) {
                if (!isNamed(file.path(), names) && isOlder(file.path(), limit)) {
                    Files.deleteIfExists(file.path());
                }
            }
        }
        for (FileListing.Item file : FileListing.below(KeptDigests.folder(folder), Integer.MAX_VALUE)) {
            if (isOlder(file.path(), now.minus(SOURCES))) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    /** By its own name (a blob) or its folder's (a copy of one). */
    private static boolean isNamed(Path file, Set<String> names) {
        int last = file.getNameCount() - 1;
        return names.contains(file.getName(last).toString())
                || names.contains(file.getName(last - 1).toString());
    }

    /** Asked anew: another process may have written the same blob meanwhile. */
    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
