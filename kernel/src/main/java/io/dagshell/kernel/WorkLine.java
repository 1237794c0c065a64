package io.dagshell.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work in the order it came, and the one that is being done. Guarded by itself. */
final class WorkLine<W> {
    private final Deque<W> waiting = new ArrayDeque<>();
    private @Nullable W running;
    private boolean closed;

    /** Whether it was taken: nothing is after the end. */
    synchronized boolean add(W work) {
        if (closed) {
            return false;
        }
        waiting.add(work);
        notifyAll();
        return true;
    }

    /** Waits for the next; the one before it is done. Empty at the end. */
    synchronized Optional<W> next() throws InterruptedException {
        running = null;
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        running = waiting.poll();
        return Optional.ofNullable(running);
    }

    /** Takes nothing more; what waits is returned. */
    synchronized List<W> close() {
        closed = true;
        notifyAll();
        return drain();
    }

    /** What is being done or, between two, comes next. */
    synchronized Optional<W> front() {
        return running != null ? Optional.of(running) : Optional.ofNullable(waiting.peek());
    }

    /** Waits for work that long. Whether none came; at the end not. */
    synchronized boolean staysEmpty(Duration quiet) throws InterruptedException {
        running = null;
        long end = System.nanoTime() + quiet.toNanos();
        for (long left = quiet.toNanos(); waiting.isEmpty() && !closed && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return waiting.isEmpty() && !closed;
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
