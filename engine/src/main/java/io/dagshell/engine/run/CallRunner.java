package io.dagshell.engine.run;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.RunId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a call from its definition to its end: refuse, write down, cache, attempts, end. Stateless; runs on the calling
 * thread.
 */
final class CallRunner {
    /** Each flow in a flow takes some thirty stack frames of its thread. */
    static final int DEPTH_LIMIT = 64;

    private final Settings settings;
    private final Engine engine;
    private final Set<CallCancellation> running;
    private final CacheStep cache;

    /** Keeps in {@code running} the stop buttons of runs in progress. */
    CallRunner(Settings settings, Engine engine, Set<CallCancellation> running, CacheStep cache) {
        this.settings = settings;
        this.engine = engine;
        this.running = running;
        this.cache = cache;
    }

    @Nullable
    Object call(Ambient here, Invocation invocation) {
        Scope scope = here.scope();
        scope.cancellation().check();
        LiveCall caller = scope.frame().call();
        return caller == null ? rootCall(here, invocation) : innerCall(scope, caller, invocation);
    }

    private @Nullable Object rootCall(Ambient here, Invocation invocation) {
        Scope scope = here.scope();
        try (CallCancellation stop = scope.cancellation().below()) {
            LiveRun run = new LiveRun(settings, resumed(here, invocation));
            LiveCall call = run.begin(invocation, stop);
            running.add(stop);
            try {
                return complete(call, invocation, rootSlots(scope, invocation));
            } finally {
                running.remove(stop);
                run.finish(call);
            }
        }
    }

    private static Optional<RunId> resumed(Ambient here, Invocation invocation) {
        Resumption resumption = here.resumption();
        return resumption == null || invocation.isTask() ? Optional.empty() : resumption.take();
    }

    /** A flow brings its own limit; a task called directly counts among those its cell runs. */
    private Slots rootSlots(Scope scope, Invocation invocation) {
        Policy policy = invocation.task().policy();
        if (invocation.isTask()) {
            return scope.slots();
        }
        Slots process = settings.limits().slots(policy.concurrency());
        return policy.tagLimits().isEmpty() ? process : process.within(policy);
    }

    private @Nullable Object innerCall(Scope scope, LiveCall caller, Invocation invocation) {
        refuse(caller, invocation);
        CallPath path = caller.path()
                .child(
                        invocation.task().name(),
                        scope.numbering().next(invocation.task().name()));
        try (CallCancellation stop = scope.cancellation().below()) {
            LiveCall call = caller.run().create(invocation, caller, path, stop);
            Slots slots = invocation.isTask()
                    ? scope.slots()
                    : scope.slots().within(invocation.task().policy());
            return complete(call, invocation, slots);
        }
    }

    private static void refuse(LiveCall caller, Invocation invocation) {
        if (caller.state().isTerminal()) {
            throw RefusedCallException.fromHook(
                    caller.task().name(), invocation.task().name());
        }
        if (caller.task().kind() == Kind.TASK) {
            throw RefusedCallException.fromTask(
                    caller.task().name(), invocation.task().name());
        }
        if (caller.depth() >= DEPTH_LIMIT) {
            throw RefusedCallException.tooDeep(invocation.task().name(), DEPTH_LIMIT);
        }
    }

    private @Nullable Object complete(LiveCall call, Invocation invocation, Slots slots) {
        try (Cancellation.Registration thread = call.cancellation().attachThread()) {
            Object value = cache.value(call, invocation, slots);
            hooks(call, slots, Optional.empty());
            return value;
        } catch (Throwable failure) {
            if (call.state().isTerminal()) {
                throw Rethrow.asIs(failure);
            }
            Throwable told = call.ended(failure);
            hooks(call, slots, Optional.of(told));
            throw Rethrow.asIs(told);
        }
    }

    /** Hooks see the call they belong to, so blocks work in them; tasks are refused. */
    private void hooks(LiveCall call, Slots slots, Optional<Throwable> failure) {
        if (!call.hasHooks()) {
            return;
        }
        Attempt attempt = new Attempt(call, call.attempt(), call.cancellation());
        Scope scope = new Scope(attempt, call.cancellation(), Numbering.start(), slots);
        try (Ambient.Binding bound = Ambient.of(engine, scope).bind()) {
            call.runHooks(failure);
        }
    }
}
