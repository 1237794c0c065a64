package io.dagshell.engine.run;

import io.dagshell.engine.cache.RunResults;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskDefinition;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A run in progress. Its ordinals and what it remembers are guarded by its journal. */
final class LiveRun {
    private final Settings settings;
    private final RunId id;
    private final Optional<RunId> resumes;
    private final Instant startedAt;
    private final Journal journal;
    private final CallLog.Room room = new CallLog.Room(CallLog.Room.USUAL);
    private final UpstreamResults results = new UpstreamResults();
    private final AtomicBoolean recorded = new AtomicBoolean();
    private volatile RunResults.Kept kept = RunResults.Kept.NOTHING;
    private final Map<CallPath, Integer> earlier;
    private int nextOrdinal;
    private @Nullable WeakReference<Throwable> explained;

    LiveRun(Settings settings, Optional<RunId> resumes) {
        this.settings = settings;
        this.resumes = resumes;
        this.id = settings.beginning().runIds().get();
        this.startedAt = settings.time().clock().instant();
        this.journal = new Journal(settings.ports().sink(), settings.time().clock());
        this.earlier = new HashMap<>(served().calls());
        this.nextOrdinal = served().nextOrdinal();
    }

    /** What a server knows of it; of a run that is nobody's it is that it is tried here. */
    ServedRun served() {
        return settings.beginning().served().orElseGet(ServedRun::once);
    }

    /** Whether a server, and not this process, goes on with it after a failure. */
    boolean isServed() {
        return settings.beginning().served().isPresent();
    }

    RunId id() {
        return id;
    }

    Settings settings() {
        return settings;
    }

    Journal journal() {
        return journal;
    }

    /** Of what its calls log; guarded by the journal. */
    CallLog.Room room() {
        return room;
    }

    UpstreamResults results() {
        return results;
    }

    /** What finished tasks of this run and of the one it resumes returned. */
    RunResults.Kept kept() {
        return kept;
    }

    Instant scheduledTime() {
        return settings.beginning().scheduled().orElse(startedAt);
    }

    /** Writes down that the run began, and its outermost call. */
    LiveCall begin(Invocation invocation, CallCancellation cancellation) {
        TaskDefinition task = invocation.task();
        String parameters = ArgumentsJson.of(invocation);
        Settings.Beginning beginning = settings.beginning();
        journal.write(at -> new RunStarted(
                id,
                at,
                task.name(),
                task.kind(),
                task.policy().title(),
                parameters,
                beginning.origin(),
                beginning.source().get(),
                resumes.filter(run -> !run.equals(id))));
        LiveCall root = create(invocation, null, CallPath.root().child(task.name(), 1), cancellation);
        // A task called directly is its own run: there is nothing in it to resume.
        if (task.kind() == Kind.FLOW) {
            keep(root);
        }
        return root;
    }

    private void keep(LiveCall root) {
        kept = settings.ports().results().begin(id, resumes);
        resumes.ifPresent(run -> root.log(
                "INFO",
                run.equals(id)
                        ? "goes on, with " + kept.finished() + " finished tasks"
                        : "resumes run " + run + ", of which " + kept.finished() + " tasks are finished"));
    }

    /** Before its first effect the run is on record, whatever becomes of the process. */
    void recordBeforeEffects() {
        if (recorded.compareAndSet(false, true)) {
            journal.flush();
        }
    }

    /** Writes down a call, Pending. */
    LiveCall create(Invocation invocation, @Nullable LiveCall caller, CallPath path, CallCancellation cancellation) {
        TaskDefinition task = invocation.task();
        List<Integer> upstream = results.of(invocation.arguments());
        synchronized (journal) {
            Integer told = earlier.remove(path);
            int ordinal = told == null ? nextOrdinal++ : told;
            boolean finished = told != null && served().finished().contains(path);
            OptionalInt parent = caller == null ? OptionalInt.empty() : OptionalInt.of(caller.ordinal());
            journal.write(at -> new TaskCreated(id, at, ordinal, task.name(), task.kind(), path, parent, upstream));
            return new LiveCall(this, task, path, ordinal, caller, cancellation, finished);
        }
    }

    /** A call that an earlier process of the run finished is computed again: it is another one in the record. */
    int createAgain(LiveCall call) {
        synchronized (journal) {
            int ordinal = nextOrdinal++;
            LiveCall caller = call.caller();
            OptionalInt parent = caller == null ? OptionalInt.empty() : OptionalInt.of(caller.ordinal());
            journal.write(at -> new TaskCreated(
                    id, at, ordinal, call.task().name(), call.task().kind(), call.path(), parent, List.of()));
            return ordinal;
        }
    }

    /** Whether {@code failure} was not yet told in this run: a flow fails with its task's exception, told once. */
    boolean explainsFirst(Throwable failure) {
        synchronized (journal) {
            if (explained != null && explained.get() == failure) {
                return false;
            }
            explained = new WeakReference<>(failure);
            return true;
        }
    }

    /** Writes down how the run ended, as its outermost call did. */
    void finish(LiveCall root) {
        State state = root.state() == State.CACHED ? State.COMPLETED : root.state();
        Optional<String> message = root.message();
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            if (state == State.PAUSED) {
                kept.waits();
            }
            kept.end(state == State.COMPLETED);
        }
        journal.finish(at -> new RunFinished(id, at, state, message));
    }
}
