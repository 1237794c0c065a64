package io.dagshell.engine.cache;

import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Entries and blobs of one folder. Thread-safe. */
record Storage(
        EntryFolder entries,
        FileBlobs blobs,
        RecentKeys recent,
        Eviction eviction,
        Codecs codecs,
        Clock clock,
        Optional<SharedResults> shared,
        Consumer<String> report) {
    /** Between machines that share a folder. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    static Storage in(Path folder, AtomicFiles atomic, Codecs codecs, Clock clock, CacheSettings settings) {
        EntryFolder entries = new EntryFolder(folder, atomic);
        FileBlobs blobs = new FileBlobs(folder, atomic, new FileDigests());
        Eviction eviction = new Eviction(folder, entries, blobs, clock, settings);
        Optional<SharedResults> shared = settings.shared()
                .map(each -> new SharedResults(each, entries, blobs, folder.resolve("tmp"), settings.report()));
        return new Storage(entries, blobs, new RecentKeys(entries), eviction, codecs, clock, shared, settings.report());
    }

    void put(Entry entry) throws IOException {
        entries.write(entry);
        markHit(entry, entry.storedAt());
        recent.add(entry);
        shared.ifPresent(each -> each.publish(entry));
        eviction.afterStore(entry);
    }

    /**
     * Looks for a key, here and then where machines share their results.
     *
     * @throws IOException nothing is wrong with the entry, it cannot be read now
     */
    Lookup get(String task, CacheKey key, Type type, Optional<Duration> maxAge) throws IOException {
        Lookup here = local(task, key, type, maxAge);
        if (shared.isEmpty() || here instanceof Lookup.Found) {
            return here;
        }
        Instant newerThan = here instanceof Lookup.TooOld old ? old.storedAt() : Instant.MIN;
        return shared.get().fetch(task, key.hex(), newerThan) ? local(task, key, type, maxAge) : here;
    }

    /**
     * Looks for a key. A damaged entry is moved aside and reported.
     *
     * @throws IOException nothing is wrong with the entry, it cannot be read now
     */
    private Lookup local(String task, CacheKey key, Type type, Optional<Duration> maxAge) throws IOException {
        try {
            Optional<Entry> entry = entries.read(task, key.hex());
            if (entry.isEmpty()) {
                return new Lookup.Absent();
            }
            return isTooOld(entry.get(), maxAge) ? new Lookup.TooOld(entry.get().storedAt()) : found(entry.get(), type);
        } catch (IOException | RuntimeException failed) {
            if (EntryFolder.saysNothingOfContent(failed)) {
                throw failed;
            }
            moveAside(task, key, failed);
            return new Lookup.Damaged();
        }
    }

    List<StoredResult> results() throws IOException {
        List<StoredResult> results = new ArrayList<>();
        for (Path file : entries.lastHitFirst(Optional.empty())) {
            Optional<Entry> entry = entries.readFile(file);
            if (entry.isPresent()) {
                results.add(result(file, entry.get()));
            }
        }
        return results;
    }

    /** Reads every record and blob; what is damaged is moved aside and said. */
    List<String> verify() throws IOException {
        List<String> damaged = new ArrayList<>();
        for (Path file : entries.lastHitFirst(Optional.empty())) {
            String task = String.valueOf(file.getName(file.getNameCount() - 2));
            try {
                verify(file);
            } catch (IOException bad) {
                if (EntryFolder.saysNothingOfContent(bad)) {
                    throw bad;
                }
                damaged.add(task + ": " + why(bad));
                moveAside(file, bad);
            }
        }
        return damaged;
    }

    private void verify(Path file) throws IOException {
        Optional<Entry> entry = entries.readFile(file);
        if (entry.isEmpty()) {
            throw new IOException("its record is damaged");
        }
        for (Digest blob : entry.get().blobs()) {
            blobs.verify(blob);
        }
        EntryContent.read(entry.get().content(), blobs);
    }

    private StoredResult result(Path file, Entry entry) throws IOException {
        long bytes = Files.size(file);
        for (Digest blob : entry.blobs()) {
            bytes += Files.exists(blobs.place(blob)) ? Files.size(blobs.place(blob)) : 0;
        }
        Instant lastHit = Files.getLastModifiedTime(file).toInstant();
        return new StoredResult(
                entry.task(), entry.notebook(), entry.key().hex(), entry.storedAt(), lastHit, entry.took(), bytes);
    }

    /** The one place where an age is judged. After the clock was set back nobody knows how old an entry is. */
    private boolean isTooOld(Entry entry, Optional<Duration> maxAge) {
        Duration age = Duration.between(entry.storedAt(), clock.instant());
        boolean ofTheFuture = age.compareTo(CLOCKS_DIFFER.negated()) < 0;
        return maxAge.isPresent() && (age.compareTo(maxAge.get()) > 0 || ofTheFuture);
    }

    private Lookup found(Entry entry, Type type) throws IOException {
        for (Digest blob : entry.blobs()) {
            blobs.verify(blob);
        }
        EntryContent content = EntryContent.read(entry.content(), blobs);
        Lookup found = new Lookup.Found(entry, codecs.decode(content.value(), type, blobs), content.lines());
        markHit(entry, clock.instant());
        return found;
    }

    /** A folder that may only be read still gives hits. */
    private void markHit(Entry entry, Instant when) {
        try {
            entries.hit(entry.task(), entry.key().hex(), when);
        } catch (IOException readOnly) {
            System.getLogger(Storage.class.getName()).log(System.Logger.Level.DEBUG, "a hit leaves no mark", readOnly);
        }
    }

    private void moveAside(String task, CacheKey key, Exception damaged) {
        report.accept("a stored result of " + task + " cannot be used: " + why(damaged) + "; it is computed anew");
        try {
            moveAside(entries.place(task, key.hex()), damaged);
        } catch (IOException stuck) {
            report.accept("the damaged result of " + task + " cannot be moved aside: " + Words.of(stuck));
        }
    }

    private void moveAside(Path record, Exception damaged) throws IOException {
        if (damaged instanceof FileBlobs.DamagedBlobException blob
                && blob.file().isPresent()) {
            entries.moveAside(blob.file().get());
        }
        entries.moveAside(record);
    }

    private static @Nullable String why(Exception damaged) {
        return damaged instanceof NoSuchFileException ? "a file of it is missing" : damaged.getMessage();
    }
}
