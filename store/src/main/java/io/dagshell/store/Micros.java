package io.dagshell.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and durations as the tables keep them: in microseconds. */
public final class Micros {
    private Micros() {}

    public static long of(Instant instant) {
        return of(instant.getEpochSecond(), instant.getNano());
    }

    public static long of(Duration duration) {
        return of(duration.getSeconds(), duration.getNano());
    }

    /** Not by way of nanoseconds, which end in the year 2262. */
    private static long of(long seconds, int nanos) {
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), nanos / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
