package io.dagshell.engine.cache;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.UnsupportedValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Results in a folder that any number of threads and processes share.
 *
 * <pre>{@code
 * ResultCache cache = FileResultCache.open(home.results(), StandardCodecs.with(new TableCodec()), clock);
 * }</pre>
 *
 * <p>Nothing that is wrong with the folder reaches the task: what cannot be read is a miss, what cannot be written is
 * said in words.
 */
public final class FileResultCache implements ResultCache {
    private final KnownTypes types;
    private final Clock clock;
    private final CacheSettings settings;
    private final KeyMaker keys;
    private final FileDigests digests;
    private final Storage storage;
    private final Consultations consultations;
    private final Path folder;

    private FileResultCache(Path folder, Codecs codecs, Clock clock, CacheSettings settings, AtomicFiles atomic) {
        this.folder = folder;
        this.digests = new FileDigests(new KeptDigests(folder));
        this.types = new KnownTypes(codecs);
        this.clock = clock;
        this.settings = settings;
        this.keys = new KeyMaker(codecs, types, settings);
        this.storage = Storage.in(folder, atomic, codecs, clock, settings);
        this.consultations = new Consultations(folder);
    }

    /** The cache in {@code folder}, which need not exist, with the default settings. */
    public static FileResultCache open(Path folder, Codecs codecs, Clock clock) {
        return open(folder, codecs, clock, CacheSettings.defaults());
    }

    /** The cache in {@code folder}, which need not exist. */
    public static FileResultCache open(Path folder, Codecs codecs, Clock clock, CacheSettings settings) {
        return open(folder, codecs, clock, settings, new AtomicFiles(folder.resolve("tmp")));
    }

    static FileResultCache open(Path folder, Codecs codecs, Clock clock, CacheSettings settings, AtomicFiles atomic) {
        return new FileResultCache(folder, codecs, clock, settings, atomic);
    }

    @Override
    public Answer consult(Question question, BooleanSupplier cancelled) {
        Answer answer = ask(question, cancelled);
        if (answer instanceof Answer.NotCached not) {
            consultations.remember(Consultation.notCached(question, clock.instant(), not.reason()));
        }
        return answer;
    }

    private Answer ask(Question question, BooleanSupplier cancelled) {
        Optional<String> refusal = refusal(question);
        if (refusal.isPresent()) {
            return new Answer.NotCached(refusal.get());
        }
        try {
            return answer(question, (CodeIdentity.Known) question.task().code(), cancelled);
        } catch (UnsupportedValueException unsupported) {
            return new Answer.NotCached(String.valueOf(unsupported.getMessage()));
        } catch (IOException | UncheckedIOException failed) {
            return new Answer.NotCached(stopped(failed));
        } catch (CancellationException stop) {
            throw stop;
        } catch (StackOverflowError endless) {
            return new Answer.NotCached("an argument is nested too deeply");
        } catch (RuntimeException failed) {
            return new Answer.NotCached("no key can be made: " + failed);
        }
    }

    /** The values it knows. */
    public Codecs codecs() {
        return storage.codecs();
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** What is stored, last hit first. */
    public List<StoredResult> results() throws IOException {
        return storage.results();
    }

    /** Removes a result; its blobs go when the cache is tidied. False if there was none. */
    public boolean remove(StoredResult result) throws IOException {
        return storage.entries().remove(result.task(), result.key());
    }

    /** Removes what is past the size limit and what nothing refers to; answers the number of results removed. */
    public int tidy() throws IOException {
        return storage.eviction().run();
    }

    /**
     * Results that stay whatever the size of the cache, until the same one pins others.
     *
     * @param by a deployment
     */
    public void pin(String by, Collection<String> keys) throws IOException {
        new Pins(folder).pin(by, keys);
    }

    /** To compute what is stored once more and compare. */
    public Verification verification() {
        return new Verification(storage.codecs());
    }

    /** Reads all that is stored; in words, what was damaged and has been moved aside. */
    public List<String> verify() throws IOException {
        return storage.verify();
    }

    /**
     * Why the last call of a task hit or missed, here or in another process.
     *
     * @param notebook file name, or empty for the one that ran last
     * @return empty if the cache was never asked for it
     */
    public Optional<Explanation> why(String task, Optional<String> notebook) throws IOException {
        Optional<Consultation> miss = consultations.last(task, notebook);
        for (Path file : storage.entries().lastHitFirst(Optional.of(task))) {
            Optional<Entry> entry = storage.entries().readFile(file);
            if (entry.isEmpty()
                    || notebook.filter(name -> !name.equals(entry.get().notebook()))
                            .isPresent()) {
                continue;
            }
            Instant hit = Files.getLastModifiedTime(file).toInstant();
            boolean storedOnly = !hit.isAfter(entry.get().storedAt());
            if (miss.isEmpty() || (!storedOnly && hit.isAfter(miss.get().at()))) {
                return Optional.of(Explanation.ofHit(entry.get(), hit, clock));
            }
            break;
        }
        return miss.map(each -> Explanation.ofMiss(each, clock));
    }

    private Optional<String> refusal(Question question) {
        Policy policy = question.task().policy();
        if (policy.effect()) {
            return Optional.of("effect");
        }
        if (policy.cache().isEmpty()) {
            return Optional.of("not asked for");
        }
        if (question.task().code() instanceof CodeIdentity.Unknown unknown) {
            return Optional.of(unknown.why());
        }
        return Stream.concat(question.parameterTypes().stream(), Stream.of(question.returnType()))
                .flatMap(type -> types.of(type).refusal().stream())
                .findFirst();
    }

    private Answer answer(Question question, CodeIdentity.Known code, BooleanSupplier cancelled) throws IOException {
        ObservedSources sources = new ObservedSources(digests, settings.validators());
        CacheKey key = keys.make(question, code, sources);
        Lookup first = lookup(question, key);
        if (first instanceof Lookup.Found found) {
            return hit(found, key);
        }
        KeyLocks.Held lock = new KeyLocks(folder).acquire(key.hex(), cancelled);
        boolean computing = false;
        try {
            Lookup again = lookup(question, key);
            if (again instanceof Lookup.Found computedMeanwhile) {
                return hit(computedMeanwhile, key);
            }
            Lookup telling = first instanceof Lookup.Damaged ? first : again;
            String reason = missed(question, key, telling, sources);
            OpenTicket ticket = new OpenTicket(storage, question, key, sources, keys.connections(question), lock);
            computing = true;
            return new Answer.Compute(ticket, key.hex(), reason, question.refresh(), key.parts());
        } finally {
            if (!computing) {
                lock.close();
            }
        }
    }

    private Lookup lookup(Question question, CacheKey key) throws IOException {
        if (question.refresh()) {
            return new Lookup.Absent();
        }
        Optional<Duration> maxAge = question.task().policy().cache().flatMap(Policy.CacheRule::maxAge);
        return storage.get(question.task().name().value(), key, question.returnType(), maxAge);
    }

    private static Answer hit(Lookup.Found found, CacheKey key) {
        Entry entry = found.entry();
        return new Answer.Hit(
                found.value(),
                entry.key().hex(),
                entry.storedAt(),
                entry.took(),
                found.lines(),
                entry.notes(),
                key.parts());
    }

    /** The reason in few words; all of it is remembered for a later question why. */
    private String missed(Question question, CacheKey key, Lookup lookup, ObservedSources sources) {
        String task = question.task().name().value();
        String notebook = question.task().origin().notebook();
        Optional<RecentKeys.Nearest> nearest = storage.recent().nearest(task, notebook, key);
        List<String> words = new ArrayList<>();
        words.add(question.refresh() ? "refresh" : reason(lookup, nearest.map(RecentKeys.Nearest::changes)));
        words.addAll(sources.notes());
        String reason = String.join("; ", words);
        boolean byKey = !question.refresh() && lookup instanceof Lookup.Absent;
        consultations.remember(new Consultation(
                task,
                notebook,
                clock.instant(),
                question.refresh() ? "refreshed" : "miss",
                reason,
                nearest.map(RecentKeys.Nearest::storedAt),
                byKey
                        ? nearest.map(RecentKeys.Nearest::changes).orElse(List.of()).stream()
                                .map(KeyChange::inFull)
                                .toList()
                        : List.of(),
                Consultation.parts(key),
                keys.connections(question)));
        return reason;
    }

    private String reason(Lookup lookup, Optional<List<KeyChange>> changes) {
        if (lookup instanceof Lookup.TooOld old) {
            Duration age = Duration.between(old.storedAt(), clock.instant());
            return age.isNegative()
                    ? "stored at a time to come: a clock was set back"
                    : "expired, stored " + Words.of(age) + " ago";
        }
        if (lookup instanceof Lookup.Damaged) {
            return "stored result was damaged";
        }
        return changes.map(each -> each.isEmpty() ? "stored result was removed" : KeyDifference.inShort(each))
                .orElse("first run");
    }

    private String stopped(Exception failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof ClosedByInterruptException) {
            throw new CancellationException("interrupted while looking for a result");
        }
        return Words.of(failed);
    }
}
