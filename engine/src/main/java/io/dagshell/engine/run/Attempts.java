package io.dagshell.engine.run;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.dagshell.engine.model.RetryRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
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
        RetryRule rule = invocation.task().policy().retry();
        boolean elsewhere = call.caller() == null && call.run().isServed();
        if (rule.retries() == 0 || elsewhere) {
            return timed(call, invocation, slots, call.attempt());
        }
        Throwable[] last = new Throwable[1];
        RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
                .withMaxRetries(rule.retries())
                .handleIf(failure -> RetryDecision.mayHelp(call, rule, last[0]))
                .build();
        try {
            return Failsafe.with(retry).get(execution -> {
                try {
                    int number = execution.getAttemptCount() + 1;
                    if (last[0] != null) {
                        prepare(call, invocation, number, last[0]);
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

    private void prepare(LiveCall call, Invocation invocation, int number, Throwable failure)
            throws InterruptedException {
        RetryRule rule = invocation.task().policy().retry();
        Duration wait = rule.waitBefore(number - 1, ThreadLocalRandom.current().nextDouble());
        call.awaitingRetry(Words.of(failure) + "; attempt " + number + " of " + (rule.retries() + 1)
                + (wait.isZero() ? " follows" : " in " + Words.of(wait)));
        if (!wait.isZero()) {
            settings.time().pauses().pause(wait);
        }
        call.cancellation().check();
        if (!invocation.isTask()) {
            call.run().kept().repeats();
        }
    }

    private Outcome timed(LiveCall call, Invocation invocation, Slots slots, int number) throws Exception {
        if (!invocation.isTask()) {
            return evaluated(call, invocation, slots, number);
        }
        try (Slots.Held held = slots.acquire(invocation.task().policy().tags())) {
            return evaluated(call, invocation, slots, number);
        }
    }

    private Outcome evaluated(LiveCall call, Invocation invocation, Slots slots, int number) throws Exception {
        Clock clock = settings.time().clock();
        Inputs inputs = Inputs.of(call, invocation);
        inputs.renew();
        try {
            Instant start = clock.instant();
            Object value = oneAttempt.run(call, invocation, slots, number);
            Duration took = Duration.between(start, clock.instant());
            inputs.requireUnchanged(call);
            return new Outcome(value, took);
        } finally {
            inputs.giveBack();
        }
    }
}
