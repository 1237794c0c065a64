package io.dagshell.engine.parameter;

import io.dagshell.engine.model.RetryRule.Delay;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits between attempts as headers and pages of deployments write them: {@code 10s}, {@code 1s,10s,1m}, {@code 1s..5m}. */
public final class RetryDelayText {
    /** What may be written. */
    public static final String FORM = "a time such as 10s, several such as 1s,10s,1m, or a range such as 1s..5m";

    private RetryDelayText() {}

    /** @throws IllegalArgumentException it is none of these */
    public static Delay parse(String text) {
        try {
            int range = text.indexOf("..");
            if (range >= 0) {
                return new Delay.Doubling(time(text.substring(0, range)), time(text.substring(range + 2)));
            }
            List<Duration> waits = new ArrayList<>();
            for (String each : text.split(",", -1)) {
                waits.add(time(each));
            }
            return new Delay.Listed(waits);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("it is " + FORM + ", not '" + text + "'", wrong);
        }
    }

    private static Duration time(String text) {
        Duration time = DurationText.parse(text.strip());
        if (time.isNegative()) {
            throw new IllegalArgumentException("a wait is not negative");
        }
        return time;
    }

    /** The text of a delay. */
    public static String of(Delay delay) {
        if (delay instanceof Delay.Doubling doubling) {
            return words(doubling.first()) + ".." + words(doubling.most());
        }
        List<String> waits = ((Delay.Listed) delay)
                .waits().stream().map(RetryDelayText::words).toList();
        return String.join(",", waits);
    }

    private static String words(Duration wait) {
        long millis = wait.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }
}
