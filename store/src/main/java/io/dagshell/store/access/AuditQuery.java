package io.dagshell.store.access;

import io.dagshell.store.orchestration.RefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of the audit log are wanted, the newest first.
 *
 * @param by who did it
 * @param action what was done, such as {@code run.cancel}
 * @param since not before
 * @param after the place behind which to go on
 * @param limit lines at once, up to 1,000
 */
public record AuditQuery(
        Optional<String> by, Optional<String> action, Optional<Instant> since, Optional<Place> after, int limit) {
    private static final int MOST = 1_000;

    public AuditQuery {
        limit = Math.min(Math.max(limit, 1), MOST);
    }

    /** A place in the log: what a page ended with. */
    public record Place(Instant at, String id) {
        private static final Pattern FORM = Pattern.compile("([^_]{1,40})_([0-9a-f-]{36})");

        /** For an address: {@link #parse} reads it. */
        @Override
        public String toString() {
            return at + "_" + id;
        }

        /** @throws RefusedException it is none */
        public static Place parse(String text) {
            Matcher parts = FORM.matcher(text);
            try {
                if (parts.matches()) {
                    return new Place(Instant.parse(parts.group(1)), parts.group(2));
                }
            } catch (java.time.DateTimeException noInstant) {
                System.getLogger(AuditQuery.class.getName()).log(System.Logger.Level.DEBUG, "no place", noInstant);
            }
            throw RefusedException.invalid("'" + text + "' is no place in the audit log.");
        }
    }

    /** The latest. */
    public static AuditQuery latest(int limit) {
        return new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    public AuditQuery by(String name) {
        return new AuditQuery(Optional.of(name), action, since, after, limit);
    }

    public AuditQuery of(String wanted) {
        return new AuditQuery(by, Optional.of(wanted), since, after, limit);
    }

    public AuditQuery since(Instant moment) {
        return new AuditQuery(by, action, Optional.of(moment), after, limit);
    }

    public AuditQuery from(Place place) {
        return new AuditQuery(by, action, since, Optional.of(place), limit);
    }
}
