package io.dagshell.server.api;

import io.dagshell.engine.model.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one watcher has not been sent yet: of each run the latest only, so that a slow one misses steps, not ends. One
 * that falls behind by more than {@value #MOST} runs is given up. Guarded by itself.
 */
final class Mailbox<T> {
    static final int MOST = 1_000;

    private final Map<RunId, T> latest = new LinkedHashMap<>();
    private boolean closed;

    synchronized void offer(RunId run, T news) {
        latest.put(run, news);
        if (latest.size() > MOST) {
            closed = true;
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** What is new; nothing if {@code patience} ran out or this is closed. */
    synchronized List<T> take(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (latest.isEmpty() && !closed) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        List<T> taken = new ArrayList<>(latest.values());
        latest.clear();
        return taken;
    }
}
