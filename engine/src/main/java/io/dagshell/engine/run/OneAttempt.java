package io.dagshell.engine.run;

import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One evaluation of a body: bound to its thread, its output captured, its time limited. Stateless. */
final class OneAttempt {
    private final Settings settings;
    private final Engine engine;
    private final Workers workers;

    OneAttempt(Settings settings, Engine engine, Workers workers) {
        this.settings = settings;
        this.engine = engine;
        this.workers = workers;
    }

    @Nullable
    Object run(LiveCall call, Invocation invocation, Slots slots, int number) throws Exception {
        try (CallCancellation stop = call.cancellation().below();
                StopRequest request = new StopRequest(settings.ports().stopChecks(), stop)) {
            Attempt attempt = new Attempt(call, number, stop);
            Optional<Duration> limit = invocation.task().policy().timeout();
            Future<?> alarm = limit.<Future<?>>map(time -> workers.after(time, () -> stop.cancel("timeout")))
                    .orElse(null);
            try {
                Object value = evaluate(attempt, invocation, slots);
                refuseLate(call, stop, limit, null);
                return value;
            } catch (Throwable failure) {
                refuseLate(call, stop, limit, failure);
                throw failure;
            } finally {
                if (alarm != null) {
                    alarm.cancel(false);
                }
                attempt.progress().flush();
                call.hasSaidAll();
            }
        }
    }

    /** Only the alarm presses this attempt's own button alone. */
    private static void refuseLate(
            LiveCall call, CallCancellation stop, Optional<Duration> limit, @Nullable Throwable cause) {
        if (limit.isEmpty() || !stop.isCancelledHere() || call.cancellation().isCancelled()) {
            return;
        }
        if (cause instanceof TaskTimeoutException) {
            return;
        }
        TaskName name = call.task().name();
        throw new TaskTimeoutException(name, limit.get(), cause);
    }

    private @Nullable Object evaluate(Attempt attempt, Invocation invocation, Slots slots) throws Exception {
        Scope scope = new Scope(attempt, attempt.cancellation(), Numbering.start(), slots);
        LiveCall call = attempt.call();
        try (Cancellation.Registration thread = attempt.cancellation().attachThread();
                Ambient.Binding bound = Ambient.of(engine, scope).bind();
                OutputTee.Capture output =
                        settings.ports().tee().capture((error, text) -> printed(call, error, text))) {
            call.running(attempt.attempt());
            return scope.complete(invocation.body());
        }
    }

    /** A flow's capture also sees what its tasks print on the same thread; that line is theirs. */
    private static void printed(LiveCall call, boolean error, String text) {
        Ambient here = Ambient.get();
        LiveCall printing = here == null ? null : here.scope().frame().call();
        if (printing == null || printing == call) {
            call.says(error ? "STDERR" : "STDOUT", text);
        }
    }
}
