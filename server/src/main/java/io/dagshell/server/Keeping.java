package io.dagshell.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of the past a server keeps.
 *
 * @param runs how long runs stay after their end, a day at least; empty for ever
 * @param logs how long their logs stay, a day at least; empty for as long as the run
 * @param bytes what the database's file may hold: past it runs go, those that ended first; empty for any size
 * @param audit how long lines of the audit log stay, a day at least; empty for ever
 */
public record Keeping(Optional<Duration> runs, Optional<Duration> logs, OptionalLong bytes, Optional<Duration> audit) {
    private static final Duration LEAST = Duration.ofDays(1);
    private static final long LEAST_BYTES = 10L << 20;

    public Keeping {
        if (runs.filter(time -> time.compareTo(LEAST) < 0).isPresent()) {
            throw new IllegalArgumentException("Runs are kept for a day or longer.");
        }
        if (logs.filter(time -> time.compareTo(LEAST) < 0).isPresent()) {
            throw new IllegalArgumentException("Logs are kept for a day or longer.");
        }
        if (audit.filter(time -> time.compareTo(LEAST) < 0).isPresent()) {
            throw new IllegalArgumentException("The audit log is kept for a day or longer.");
        }
        if (bytes.isPresent() && bytes.getAsLong() < LEAST_BYTES) {
            throw new IllegalArgumentException("A history has 10m or more.");
        }
    }

    /** All of it, for ever. */
    public static Keeping all() {
        return new Keeping(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    public Keeping withRuns(Duration time) {
        return new Keeping(Optional.of(time), logs, bytes, audit);
    }

    public Keeping withLogs(Duration time) {
        return new Keeping(runs, Optional.of(time), bytes, audit);
    }

    public Keeping withBytes(long most) {
        return new Keeping(runs, logs, OptionalLong.of(most), audit);
    }

    public Keeping withAudit(Duration time) {
        return new Keeping(runs, logs, bytes, Optional.of(time));
    }
}
