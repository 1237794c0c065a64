package io.dagshell.server.api;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.RunChanges;
import io.dagshell.store.orchestration.RunMark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells watchers what changed in the database, whichever server or process wrote it. One thread asks, for all watchers
 * together, and only while there are any. Thread-safe.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final int MOST_WATCHERS = 64;
    private static final long EVERY_MILLIS = 500;

    /** An end may become visible so long after the instant it bears; runs of notebooks bear the time of their machine. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final RunHistory history;
    private final RunChanges changes;
    private final Clock clock;
    private final AtomicInteger watchers = new AtomicInteger();
    private final Map<RunId, Set<Mailbox<RunMark>>> ofRuns = new ConcurrentHashMap<>();
    private final Set<Mailbox<StateChange>> ofAll = ConcurrentHashMap.newKeySet();
    private final Map<Mailbox<StateChange>, Instant> newcomers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-changes");
        thread.setDaemon(true);
        return thread;
    });

    /** Of the thread alone: what was told last. */
    private final Map<RunId, RunMark> marks = new HashMap<>();

    private Map<RunId, State> states = Map.of();

    /** A run became another. */
    record StateChange(RunId run, State state, Instant at) {}

    public ChangeFeed(RunHistory history, RunChanges changes, Clock clock) {
        this.history = history;
        this.changes = changes;
        this.clock = clock;
        thread.scheduleWithFixedDelay(this::lookOrLog, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether one more may watch; then {@link #leave} is owed. */
    boolean enter() {
        if (watchers.incrementAndGet() > MOST_WATCHERS) {
            watchers.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        watchers.decrementAndGet();
    }

    /** How far a run is now; empty if there is none. */
    Optional<RunMark> mark(RunId run) {
        history.upToDate();
        return changes.marks(Set.of(run)).stream().findFirst();
    }

    Mailbox<RunMark> watch(RunId run) {
        Mailbox<RunMark> box = new Mailbox<>();
        ofRuns.compute(run, (id, boxes) -> {
            Set<Mailbox<RunMark>> more = boxes == null ? ConcurrentHashMap.newKeySet() : boxes;
            more.add(box);
            return more;
        });
        return box;
    }

    void unwatch(RunId run, Mailbox<RunMark> box) {
        ofRuns.computeIfPresent(run, (id, boxes) -> {
            boxes.remove(box);
            return boxes.isEmpty() ? null : boxes;
        });
    }

    /** Changes of all runs, after what is known of those that go on and of those that ended since {@code since}. */
    Mailbox<StateChange> watchAll(Instant since) {
        Mailbox<StateChange> box = new Mailbox<>();
        newcomers.put(box, since);
        return box;
    }

    void unwatchAll(Mailbox<StateChange> box) {
        newcomers.remove(box);
        ofAll.remove(box);
    }

    private void lookOrLog() {
        try {
            look();
        } catch (RuntimeException failed) {
            // The next look tells what this one would have.
            System.getLogger(ChangeFeed.class.getName())
                    .log(System.Logger.Level.DEBUG, "changes could not be looked at", failed);
        }
    }

    private void look() {
        if (ofRuns.isEmpty() && ofAll.isEmpty() && newcomers.isEmpty()) {
            marks.clear();
            states = Map.of();
            return;
        }
        history.upToDate();
        Set<RunId> watched = new HashSet<>(ofRuns.keySet());
        marks.keySet().retainAll(watched);
        changes.marks(watched).forEach(this::tell);
        if (!ofAll.isEmpty() || !newcomers.isEmpty()) {
            tellStates();
        }
    }

    private void tell(RunMark mark) {
        if (!mark.equals(marks.put(mark.run(), mark))) {
            ofRuns.getOrDefault(mark.run(), Set.of()).forEach(box -> box.offer(mark.run(), mark));
        }
    }

    private void tellStates() {
        Instant now = clock.instant();
        Map<RunId, State> found = changes.states(now.minus(OVERLAP), now);
        found.forEach((run, state) -> {
            if (state != states.get(run)) {
                ofAll.forEach(box -> box.offer(run, new StateChange(run, state, now)));
            }
        });
        states = found;
        newcomers.forEach((box, since) -> {
            changes.states(since.minus(OVERLAP), now)
                    .forEach((run, state) -> box.offer(run, new StateChange(run, state, now)));
            // Not one that left meanwhile.
            if (newcomers.containsKey(box)) {
                ofAll.add(box);
                newcomers.remove(box);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        newcomers.keySet().forEach(Mailbox::close);
        ofAll.forEach(Mailbox::close);
        ofRuns.values().forEach(boxes -> boxes.forEach(Mailbox::close));
    }
}
