package io.dagshell.engine.run;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Passes on a few reports a second: the first, then the newest at intervals, and always the last. Guarded by itself. */
final class ThinnedProgress implements Progress {
    static final Duration INTERVAL = Duration.ofMillis(200);

    private final Clock clock;
    private final Progress reader;
    private long nextAt = Long.MIN_VALUE;
    private @Nullable Report held;

    ThinnedProgress(Clock clock, Progress reader) {
        this.clock = clock;
        this.reader = reader;
    }

    @Override
    public synchronized void report(long done, long total, String unit) {
        long now = clock.millis();
        if (now < nextAt && done != total) {
            held = new Report(done, total, unit);
            return;
        }
        nextAt = now + INTERVAL.toMillis();
        held = null;
        reader.report(done, total, unit);
    }

    /** Passes on what was held back; called when the attempt ends. */
    synchronized void flush() {
        if (held != null) {
            reader.report(held.done, held.total, held.unit);
            held = null;
        }
    }

    private record Report(long done, long total, String unit) {}
}
