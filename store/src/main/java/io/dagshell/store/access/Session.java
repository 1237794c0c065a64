package io.dagshell.store.access;

import java.time.Duration;
import java.time.Instant;

/**
 * A browser that somebody logged in with.
 *
 * @param user whose it is
 * @param role what they may do now, not when they logged in
 * @param seenAt when it was last used, to the minute
 */
public record Session(String user, Role role, Instant createdAt, Instant seenAt) {

    /**
     * How long sessions last.
     *
     * @param idle without a request that a person made, a minute at least
     * @param most from the login on, whatever is done
     */
    public record Limits(Duration idle, Duration most) {
        private static final Duration LEAST = Duration.ofMinutes(1);

        public Limits {
            if (idle.compareTo(LEAST) < 0 || most.compareTo(idle) < 0) {
                throw new IllegalArgumentException(
                        "A session may be idle for a minute or longer, and lasts at least as long.");
            }
        }

        /** Eight hours idle, a week at most. */
        public static Limits defaults() {
            return new Limits(Duration.ofHours(8), Duration.ofDays(7));
        }
    }
}
