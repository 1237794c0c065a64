package io.dagshell.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work in the order it came, and the one that is being done. Guarded by itself. */
final class WorkLine<W> {
    private final Deque<W> waiting = new ArrayDeque<>();
    private @Nullable W running;

    synchronized void add(W work) {
        waiting.add(work);
        notifyAll();
    }

    /** Waits for the next; the one before it is done. */
    synchronized W next() throws InterruptedException {
        running = null;
        while (waiting.isEmpty()) {
            wait();
        }
        W next = waiting.remove();
        running = next;
        return next;
    }

    /** What is being done or, between two, comes next. */
    synchronized Optional<W> front() {
        return running != null ? Optional.of(running) : Optional.ofNullable(waiting.peek());
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes all that wait. */
    synchronized List<W> drain() {
        List<W> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }
}
