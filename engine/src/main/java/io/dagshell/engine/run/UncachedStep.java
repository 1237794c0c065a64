package io.dagshell.engine.run;

import io.dagshell.engine.cache.RunResults;
import io.dagshell.engine.cache.RunResults.Asked;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The step between a call that is not cached and its attempts: does not repeat what a resumed run finished, keeps what
 * this one does. A place for results that fails is told and worked without. Stateless; runs on the thread of the call.
 */
final class UncachedStep {
    private final Attempts attempts;

    UncachedStep(Attempts attempts) {
        this.attempts = attempts;
    }

    @Nullable
    Object value(LiveCall call, Invocation invocation, Slots slots) throws Throwable {
        Asked asked = ask(call, invocation);
        if (asked instanceof Asked.Finished finished) {
            return taken(call, finished);
        }
        return computed(call, invocation, slots, (Asked.Compute) asked);
    }

    private static Asked ask(LiveCall call, Invocation invocation) {
        RunResults.Kept kept = call.run().kept();
        if (kept == RunResults.Kept.NOTHING) {
            return new Asked.Compute(RunResults.Ticket.NONE, Optional.empty(), Optional.empty());
        }
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            return kept.ask(call.path(), invocation.question());
        } catch (RuntimeException failure) {
            call.log("WARN", "the result cannot be kept for resuming: " + Words.of(failure));
            return new Asked.Compute(RunResults.Ticket.NONE, Optional.empty(), Optional.empty());
        }
    }

    private static @Nullable Object taken(LiveCall call, Asked.Finished finished) {
        call.cancellation().check();
        boolean own = finished.in().equals(call.run().id());
        call.consulted(
                CacheOutcome.RESUMED,
                own ? "finished in an earlier attempt of the flow" : "finished in run " + finished.in(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(finished.took()));
        call.replay(finished.lines());
        call.completed(finished.value(), State.CACHED);
        return finished.value();
    }

    private @Nullable Object computed(LiveCall call, Invocation invocation, Slots slots, Asked.Compute compute)
            throws Throwable {
        boolean effect = invocation.task().policy().effect();
        String again = compute.again().map(why -> "; runs again: " + why).orElse("");
        call.consulted(CacheOutcome.NOT_CACHED, (effect ? "effect" : "not asked for") + again);
        compute.begunIn().ifPresent(call::effectsBegunIn);
        if (effect) {
            compute.ticket().begins();
            call.run().recordBeforeEffects();
        }
        Attempts.Outcome outcome = attempts.run(call, invocation, slots);
        keep(call, compute.ticket(), outcome);
        call.completed(outcome.value(), State.COMPLETED);
        return outcome.value();
    }

    private static void keep(LiveCall call, RunResults.Ticket ticket, Attempts.Outcome outcome) {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            ticket.keep(outcome.value(), outcome.took(), call.lines())
                    .ifPresent(why -> call.log("WARN", "result not kept for resuming: " + why));
        } catch (RuntimeException failure) {
            call.log("WARN", "result not kept for resuming: " + Words.of(failure));
        }
    }
}
