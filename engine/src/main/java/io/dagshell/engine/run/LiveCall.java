package io.dagshell.engine.run;

import io.dagshell.engine.CallEnd;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One call in a run, and its state. State, attempt and lines are guarded by the run's journal.
 */
final class LiveCall {
    private final LiveRun run;
    private final TaskDefinition task;
    private final CallPath path;
    private int ordinal;
    private boolean finishedBefore;
    private final @Nullable LiveCall caller;
    private final int depth;
    private final CallCancellation cancellation;
    private final CallRecord record;
    private final CallLog log;
    private volatile RunId effectRun;
    private final List<Registered> hooks = new ArrayList<>(0);
    private State state = State.PENDING;
    private int attempt;
    private Optional<String> message = Optional.empty();
    private @Nullable Optional<FlowGraph> graph;

    LiveCall(
            LiveRun run,
            TaskDefinition task,
            CallPath path,
            int ordinal,
            @Nullable LiveCall caller,
            CallCancellation cancellation,
            boolean finishedBefore) {
        this.run = run;
        this.task = task;
        this.path = path;
        this.ordinal = ordinal;
        this.caller = caller;
        this.depth = caller == null ? 1 : caller.depth + 1;
        this.cancellation = cancellation;
        this.effectRun = run.id();
        this.finishedBefore = finishedBefore;
        this.attempt = caller == null ? run.served().attempt() : 1;
        this.record = new CallRecord(run, task.name(), () -> this.ordinal);
        this.log = new CallLog(
                CallLog.Limits.USUAL, run.room(), run.settings().time().clock(), line -> record.line(line, false));
        cancellation.onCancel(this::cancelling);
    }

    LiveRun run() {
        return run;
    }

    TaskDefinition task() {
        return task;
    }

    CallPath path() {
        return path;
    }

    int ordinal() {
        synchronized (run.journal()) {
            return ordinal;
        }
    }

    /** Whether an earlier process of the run told that it has its value. */
    boolean isFinishedBefore() {
        synchronized (run.journal()) {
            return finishedBefore;
        }
    }

    @Nullable
    LiveCall caller() {
        return caller;
    }

    /** Of a flow, what its source tells of its calls; asked for once. */
    Optional<FlowGraph> graph() {
        synchronized (hooks) {
            if (graph == null) {
                graph = run.settings().ports().definitions().graph(task.name());
            }
            return graph;
        }
    }

    int depth() {
        return depth;
    }

    CallCancellation cancellation() {
        return cancellation;
    }

    /** The run that began this call's effects: this one, unless an earlier one came this far and no further. */
    RunId effectRun() {
        return effectRun;
    }

    void effectsBegunIn(RunId earlier) {
        effectRun = earlier;
    }

    /** What is written about it beside its state. */
    CallRecord record() {
        return record;
    }

    State state() {
        synchronized (run.journal()) {
            return state;
        }
    }

    Optional<String> message() {
        synchronized (run.journal()) {
            return message;
        }
    }

    /** An attempt begins to run; a call that is being cancelled does not. */
    void running(int number) {
        synchronized (run.journal()) {
            isComputedAgain();
            log.begin();
            hooks.clear();
            attempt = number;
            become(State.RUNNING, Optional.empty());
        }
    }

    /** What an earlier process of the run told of it stays as it is: from here on it is another call. */
    private void isComputedAgain() {
        if (finishedBefore && task.kind() == Kind.TASK) {
            finishedBefore = false;
            ordinal = run.createAgain(this);
        }
    }

    private record Registered(State when, CallEnd.Hook hook) {}

    /** To be run when the call ends in that state, unless another attempt follows. */
    void onEnd(State when, CallEnd.Hook hook) {
        synchronized (run.journal()) {
            hooks.add(new Registered(when, hook));
        }
    }

    /** Runs what was registered for the state the call is in. */
    void runHooks(Optional<Throwable> failure) {
        CallEnd end;
        List<CallEnd.Hook> due;
        synchronized (run.journal()) {
            end = new CallEnd(run.id(), task.name().value(), path, state, failure);
            due = hooks.stream()
                    .filter(each -> each.when() == state)
                    .map(Registered::hook)
                    .toList();
        }
        for (CallEnd.Hook hook : due) {
            try {
                hook.run(end);
            } catch (Throwable failed) {
                log("WARN", "a hook of " + task.name() + " failed: " + Words.of(failed));
            }
        }
    }

    boolean hasHooks() {
        synchronized (run.journal()) {
            return !hooks.isEmpty();
        }
    }

    int attempt() {
        synchronized (run.journal()) {
            return attempt;
        }
    }

    void awaitingRetry(String why) {
        log("WARN", why);
        become(State.AWAITING_RETRY, Optional.of(why));
    }

    /** The call has its value. */
    void completed(@Nullable Object value, State end) {
        tellCancelled();
        run.results().returned(value, ordinal);
        record.described(value);
        become(end, Optional.empty());
    }

    /** The call ended without a value. Answers what its caller gets: the failure itself, or that it was cancelled. */
    Throwable ended(Throwable failure) {
        if (tellCancelled()) {
            become(State.CANCELLED, Optional.of(cancellation.reason()));
            return asCancellation(failure);
        }
        if (Failures.isInterrupt(failure)) {
            become(State.CANCELLED, Optional.of("interrupted"));
            return failure;
        }
        if (failure instanceof PausedError) {
            become(State.PAUSED, Optional.ofNullable(failure.getMessage()));
            return failure;
        }
        boolean again = caller == null && RetryDecision.mayHelpLater(this, run.served(), failure);
        if (run.explainsFirst(failure)) {
            record.explained(failure);
        }
        become(again ? State.AWAITING_RETRY : State.FAILED, Optional.of(Words.of(failure)));
        return failure;
    }

    /** An error, such as the one that ends a cell, passes as it is. */
    private Throwable asCancellation(Throwable failure) {
        boolean tells = failure instanceof CancellationException
                || (failure instanceof Error && !(failure instanceof StoppedError));
        return tells ? failure : new StoppedException(cancellation.reason(), failure);
    }

    /** The thread may be interrupted, and get here, before the button of this very call was pressed. */
    private boolean tellCancelled() {
        if (!cancellation.isCancelled()) {
            return false;
        }
        cancelling();
        return true;
    }

    private void cancelling() {
        synchronized (run.journal()) {
            if (state.mayBecome(State.CANCELLING)) {
                become(State.CANCELLING, Optional.of(cancellation.reason()));
            }
        }
    }

    private void become(State next, Optional<String> why) {
        synchronized (run.journal()) {
            if (state == State.CANCELLING && !state.mayBecome(next)) {
                throw new StoppedException(cancellation.reason(), null);
            }
            if (!state.mayBecome(next)) {
                throw new IllegalStateException(path + " is " + state + " and cannot become " + next);
            }
            state = next;
            message = why;
            int number = attempt;
            run.journal().write(at -> new TaskStateChanged(run.id(), at, ordinal, next, number, why));
        }
    }

    /** What the engine has to say of this call. */
    void log(String level, String text) {
        synchronized (run.journal()) {
            log.engine(level, text);
        }
    }

    /** What the call's own code prints or logs. */
    void says(String level, String text) {
        synchronized (run.journal()) {
            log.user(level, text);
        }
    }

    /** An attempt's code is over and has printed all it will. */
    void hasSaidAll() {
        synchronized (run.journal()) {
            log.tell();
        }
    }

    void replay(List<ResultCache.Line> stored) {
        if (isFinishedBefore()) {
            return;
        }
        for (ResultCache.Line line : stored) {
            record.line(line, true);
        }
    }

    /** What the successful attempt logged. */
    List<ResultCache.Line> lines() {
        synchronized (run.journal()) {
            return log.lines();
        }
    }

    void consulted(CacheOutcome outcome, String reason) {
        consulted(outcome, reason, Optional.empty(), Optional.empty(), Optional.empty());
    }

    void consulted(
            CacheOutcome outcome,
            String reason,
            Optional<String> key,
            Optional<Duration> age,
            Optional<Duration> saved) {
        synchronized (run.journal()) {
            boolean kept = outcome == CacheOutcome.HIT || outcome == CacheOutcome.RESUMED;
            if (finishedBefore && kept) {
                return;
            }
            isComputedAgain();
        }
        record.consulted(outcome, reason, key, age, saved);
    }
}
