package io.dagshell.engine.run;

import io.dagshell.engine.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work that one scope submitted. Up to the scope's limit of it runs at once; what has not begun is run by the first
 * thread that asks for it. Guarded by itself.
 */
final class Submissions {
    private final Deque<Submitted<?>> waiting = new ArrayDeque<>();
    private final List<Submitted<?>> all = new ArrayList<>();
    private int workers;
    private int forgetAt = 64;

    <R> Submitted<R> add(Ambient here, Work<R> work, Workers pool) {
        Scope scope = here.scope();
        Numbering place = scope.numbering().reserve(1).apply(0);
        Submitted<R> submitted = new Submitted<>(here, scope.cancellation().below(), place, work);
        synchronized (this) {
            forgetSettled();
            all.add(submitted);
            waiting.add(submitted);
            if (workers >= scope.slots().limit()) {
                return submitted;
            }
            workers++;
        }
        pool.execute(this::work);
        return submitted;
    }

    /** Now and then, so that a flow may submit any number. */
    private void forgetSettled() {
        if (all.size() < forgetAt) {
            return;
        }
        all.removeIf(Submitted::isSettled);
        forgetAt = Math.max(64, 2 * all.size());
    }

    private void work() {
        for (Submitted<?> next = take(); next != null; next = take()) {
            next.runIfNew();
        }
    }

    private synchronized @Nullable Submitted<?> take() {
        Submitted<?> next = waiting.poll();
        if (next == null) {
            workers--;
        }
        return next;
    }

    private synchronized List<Submitted<?>> outstanding() {
        return List.copyOf(all);
    }

    /** Waits for everything; a failure that nobody asked for is thrown here, so that it is not lost. */
    void join() {
        List<Submitted<?>> rest = outstanding();
        rest.forEach(Submitted::settle);
        rest.forEach(Submitted::throwIfUnseen);
    }

    /** Nothing that was submitted is left to run. */
    boolean isIdle() {
        return outstanding().stream().allMatch(Submitted::isDone);
    }

    /** Waits for everything, whatever comes of it. */
    void settle() {
        outstanding().forEach(Submitted::settle);
    }

    /** Cancels what is not done and waits until it has stopped. */
    void abandon() {
        List<Submitted<?>> rest = outstanding();
        rest.forEach(Submitted::cancel);
        rest.forEach(Submitted::settle);
    }
}
