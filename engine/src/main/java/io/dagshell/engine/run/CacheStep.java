package io.dagshell.engine.run;

import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.cache.ResultCache.Answer;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The step between a call and its attempts: asks the cache, keeps what was computed. A cache that fails is told and
 * worked without. Consulting holds no slot, so that one who waits for a key never keeps its owner from running.
 * Stateless; runs on the thread of the call.
 */
final class CacheStep {
    private final ResultCache cache;
    private final Clock clock;
    private final Attempts attempts;
    private final UncachedStep uncached;

    CacheStep(Settings settings, Attempts attempts) {
        this.cache = settings.ports().cache();
        this.clock = settings.time().clock();
        this.attempts = attempts;
        this.uncached = new UncachedStep(attempts);
    }

    /** The value, from the cache or computed; the call is Cached or Completed after. */
    @Nullable
    Object value(LiveCall call, Invocation invocation, Slots slots) throws Throwable {
        if (!invocation.isTask()) {
            return computed(call, invocation, slots);
        }
        if (invocation.task().policy().cache().isEmpty()) {
            return uncached.value(call, invocation, slots);
        }
        Answer answer = consult(call, invocation);
        if (answer instanceof Answer.Compute expired) {
            answer = finishedBefore(call, invocation, expired);
        }
        if (answer instanceof Answer.Hit hit) {
            return taken(call, hit);
        }
        if (answer instanceof Answer.Compute compute) {
            return stored(call, invocation, slots, compute);
        }
        call.consulted(CacheOutcome.NOT_CACHED, ((Answer.NotCached) answer).reason());
        return computed(call, invocation, slots);
    }

    private Answer consult(LiveCall call, Invocation invocation) {
        return consult(call, invocation.question());
    }

    /** What the resumed run had under this very key counts whatever its age, and even where all is to be refreshed. */
    private Answer finishedBefore(LiveCall call, Invocation invocation, Answer.Compute expired) {
        boolean finished = call.run()
                .kept()
                .cachedKey(call.path())
                .filter(expired.key()::equals)
                .isPresent();
        if (!finished) {
            return expired;
        }
        expired.ticket().close();
        return consult(call, invocation.question().ofAnyAge());
    }

    private Answer consult(LiveCall call, ResultCache.Question question) {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            return cache.consult(question, call.cancellation()::isCancelled);
        } catch (java.util.concurrent.CancellationException cancelled) {
            throw cancelled;
        } catch (RuntimeException failure) {
            call.log("WARN", "the cache could not be asked: " + Words.of(failure));
            return new Answer.NotCached("cache not available");
        }
    }

    private @Nullable Object taken(LiveCall call, Answer.Hit hit) {
        call.cancellation().check();
        call.record().keyed(hit.parts());
        Duration age = Duration.between(hit.storedAt(), clock.instant());
        call.consulted(CacheOutcome.HIT, why(hit), Optional.of(hit.key()), Optional.of(age), Optional.of(hit.saved()));
        call.replay(hit.lines());
        call.run().kept().cached(call.path(), hit.key());
        call.completed(hit.value(), State.CACHED);
        return hit.value();
    }

    private static String why(Answer.Hit hit) {
        return hit.notes().isEmpty() ? "same key" : "same key; " + String.join("; ", hit.notes());
    }

    private @Nullable Object stored(LiveCall call, Invocation invocation, Slots slots, Answer.Compute compute)
            throws Throwable {
        try (ResultCache.Ticket ticket = compute.ticket()) {
            call.record().keyed(compute.parts());
            call.consulted(
                    compute.refreshed() ? CacheOutcome.REFRESHED : CacheOutcome.MISS,
                    compute.reason(),
                    Optional.of(compute.key()),
                    Optional.empty(),
                    Optional.empty());
            Attempts.Outcome outcome = attempts.run(call, invocation, slots);
            store(call, ticket, outcome);
            call.run().kept().cached(call.path(), compute.key());
            call.completed(outcome.value(), State.COMPLETED);
            return outcome.value();
        }
    }

    private static void store(LiveCall call, ResultCache.Ticket ticket, Attempts.Outcome outcome) {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            ticket.store(outcome.value(), outcome.took(), call.lines())
                    .ifPresent(why -> call.log("WARN", "result not kept: " + why));
        } catch (RuntimeException failure) {
            call.log("WARN", "result not kept: " + Words.of(failure));
        }
    }

    private @Nullable Object computed(LiveCall call, Invocation invocation, Slots slots) throws Throwable {
        Attempts.Outcome outcome = attempts.run(call, invocation, slots);
        call.completed(outcome.value(), State.COMPLETED);
        return outcome.value();
    }
}
