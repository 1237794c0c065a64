package io.dagshell.engine.run;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.dagshell.engine.model.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a call's body as often as its header allows: {@code RetryPolicy(timeout(slot(body)))}. Stateless; each
 * attempt runs on the thread of the call.
 */
final class Attempts {
    private final Settings settings;
    private final OneAttempt oneAttempt;

    Attempts(Settings settings, Engine engine, Workers workers) {
        this.settings = settings;
        this.oneAttempt = new OneAttempt(settings, engine, workers);
    }

    /** A value and what its attempt took. */
    record Outcome(@Nullable Object value, Duration took) {}

    Outcome run(LiveCall call, Invocation invocation, Slots slots) throws Throwable {
        Policy policy = invocation.task().policy();
        if (policy.retries() == 0) {
            return timed(call, invocation, slots, 1);
        }
        Throwable[] last = new Throwable[1];
        RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
                .withMaxRetries(policy.retries())
                .handleIf(failure -> mayHelp(call, last[0]))
                .build();
        try {
            return Failsafe.with(retry).get(execution -> {
                int number = execution.getAttemptCount() + 1;
                try {
                    if (last[0] != null) {
                        pauseBefore(call, policy, number, last[0]);
                    }
                    return timed(call, invocation, slots, number);
                } catch (Throwable failure) {
                    last[0] = failure;
                    throw failure;
                }
            });
        } catch (Throwable wrapped) {
            throw last[0] == null ? wrapped : last[0];
        }
    }

    /** Neither cancellation nor an error of the machine or the cell nor misuse goes away by trying again. */
    private static boolean mayHelp(LiveCall call, Throwable failure) {
        return !call.cancellation().isCancelled()
                && !Failures.isInterrupt(failure)
                && !(failure instanceof CancellationException)
                && (failure instanceof Exception || failure instanceof AssertionError)
                && !(failure instanceof RefusedCallException);
    }

    private void pauseBefore(LiveCall call, Policy policy, int number, Throwable failure) throws InterruptedException {
        Duration delay = policy.retryDelay();
        call.awaitingRetry(Words.of(failure) + "; attempt " + number + " of " + (policy.retries() + 1)
                + (delay.isZero() ? " follows" : " in " + Words.of(delay)));
        if (!delay.isZero()) {
            settings.time().pauses().pause(delay);
        }
        call.cancellation().check();
    }

    private Outcome timed(LiveCall call, Invocation invocation, Slots slots, int number) throws Exception {
        boolean holdsSlot = invocation.isTask();
        if (holdsSlot) {
            slots.acquire();
        }
        try {
            Clock clock = settings.time().clock();
            Instant start = clock.instant();
            Object value = oneAttempt.run(call, invocation, slots, number);
            return new Outcome(value, Duration.between(start, clock.instant()));
        } finally {
            if (holdsSlot) {
                slots.release();
            }
        }
    }
}
