package io.dagshell.server.web;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that a list and its bars look at.
 *
 * @param width of a bar: whole seconds or minutes, from whole ones on, so that bars stand still until the next begins
 */
record Window(Instant from, Duration width) {
    static final int BARS = 48;
    /** Runs that wait may be due later than now; they are counted in the last bar. */
    private static final Duration AHEAD = Duration.ofDays(36_500);

    /** @param earliest where all time begins */
    static Window of(Span span, Instant earliest, Instant now) {
        Duration length = Duration.between(span.since(now).orElse(earliest), now);
        // The last bar has only begun: the others alone reach over the whole length.
        long seconds = Math.max(0, length.toSeconds()) / (BARS - 1) + 1;
        long width = seconds <= 120 ? seconds : (seconds / 60 + 1) * 60;
        Instant to = Instant.ofEpochSecond((now.getEpochSecond() / width + 1) * width);
        return new Window(to.minusSeconds(BARS * width), Duration.ofSeconds(width));
    }

    Instant to() {
        return start(BARS);
    }

    Instant ahead() {
        return to().plus(AHEAD);
    }

    Instant start(int bar) {
        return from.plus(width.multipliedBy(bar));
    }

    int bar(Instant at) {
        return (int) Math.min(BARS - 1, Duration.between(from, at).dividedBy(width));
    }
}
