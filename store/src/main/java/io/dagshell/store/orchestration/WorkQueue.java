package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A queue that agents take runs from.
 *
 * @param priority queues with smaller numbers are served first
 * @param concurrency how many of its runs may go on at once
 * @param paused nothing is handed out
 * @param waiting runs that are due and not claimed
 * @param active runs that are claimed and not over
 * @param lastPolled when an agent last asked for work
 */
public record WorkQueue(
        String name,
        int priority,
        OptionalInt concurrency,
        boolean paused,
        int waiting,
        int active,
        Optional<Instant> lastPolled) {
    /** Priority of a queue nobody set one for. */
    public static final int DEFAULT_PRIORITY = 100;

    static void checkLimit(OptionalInt concurrency) {
        if (concurrency.isPresent() && concurrency.getAsInt() < 1) {
            throw RefusedException.invalid("A concurrency limit is 1 or more, and not " + concurrency.getAsInt() + ".");
        }
    }

    static void check(String name) {
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}")) {
            throw RefusedException.invalid("'" + name
                    + "' cannot name a work queue: letters, digits, blanks, dots, underscores and hyphens can.");
        }
    }
}
