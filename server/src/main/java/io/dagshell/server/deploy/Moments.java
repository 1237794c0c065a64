package io.dagshell.server.deploy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * The ends of a range as people write them: a day {@code 2026-01-31}, a time of a zone's clock {@code 2026-01-31T06:00},
 * or an instant {@code 2026-01-31T06:00:00Z}. Stateless.
 */
public final class Moments {
    private static final String WANTED =
            " is a day such as 2026-01-31, a time of the schedule's zone such as 2026-01-31T06:00, or an instant such as"
                    + " 2026-01-31T06:00:00Z, not '";

    private Moments() {}

    /** The first moment of what is named. @throws IllegalArgumentException it is nothing of all that */
    static Instant first(String name, String text, ZoneId zone) {
        return moment(name, text, zone, false);
    }

    /** The last moment of what is named, but of the day that is not over yet now. */
    static Instant last(String name, String text, ZoneId zone, Instant now) {
        Instant last = moment(name, text, zone, true);
        return isDay(text)
                        && last.isAfter(now)
                        && !moment(name, text, zone, false).isAfter(now)
                ? now
                : last;
    }

    private static boolean isDay(String text) {
        return !text.contains("T");
    }

    private static Instant moment(String name, String given, ZoneId zone, boolean last) {
        String text = given.strip();
        try {
            if (isDay(text)) {
                LocalDate day = LocalDate.parse(text);
                return last
                        ? day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)
                        : day.atStartOfDay(zone).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("'" + name + "'" + WANTED + text + "'.", none);
        }
    }
}
