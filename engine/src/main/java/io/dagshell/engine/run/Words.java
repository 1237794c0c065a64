package io.dagshell.engine.run;

import java.time.Duration;
import java.util.Locale;

/** Durations and exceptions in the words people read. Stateless. */
final class Words {
    private Words() {}

    /** {@code 250 ms}, {@code 10 s}, {@code 2 min 5 s}, {@code 1 h 30 min}. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis % 1_000 == 0 ? millis / 1_000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        if (millis < 3_600_000) {
            return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** One line: simple class name and the message's first line. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return name;
        }
        return name + ": " + message.lines().findFirst().orElse("");
    }
}
