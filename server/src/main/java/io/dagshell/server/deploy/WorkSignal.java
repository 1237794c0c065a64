package io.dagshell.server.deploy;

import java.time.Duration;

/** Wakes agents' requests that wait for work, when there may be some. Thread-safe: guarded by this. */
public final class WorkSignal {
    private long given;

    /** There may be work. */
    public synchronized void give() {
        given++;
        notifyAll();
    }

    /** How often it was given, to be handed to {@link #await}. */
    public synchronized long given() {
        return given;
    }

    /** Waits until it is given once more than {@code seen} times, or that long. */
    public synchronized void await(long seen, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis();
        while (given == seen && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }
}
