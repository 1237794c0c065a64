package io.dagshell.store.orchestration;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * Due instants of a recurrence rule (RFC 5545) in a zone. The library counts on a clock that never jumps; over jumps the
 * rules are those of cron expressions: one for every hour, or oftener, goes on hour by hour, others are due once. Immutable
 * and thread-safe.
 */
final class RuleTimes {
    private static final Pattern UNTIL = Pattern.compile(";?\\bUNTIL=(\\d{8})(?:T(\\d{6})(Z?))?(?=;|$)");
    /** What a rule of so many must be gone through to find the next. */
    private static final int MOST_COUNTED = 100_000;
    /** Units of the same length always, so that a rule can be begun later without another result. */
    private static final Map<Freq, Long> SECONDS = Map.of(Freq.SECONDLY, 1L, Freq.MINUTELY, 60L, Freq.HOURLY, 3_600L);

    private final String text;
    private final RecurrenceRule rule;
    private final LocalDateTime start;
    private final ZoneId zone;
    private final Optional<Instant> until;
    private final boolean everyHour;

    private RuleTimes(String text, Instant anchor, ZoneId zone) {
        this.until = until(text, zone);
        this.text = UNTIL.matcher(text).replaceAll("").replaceAll("^;", "");
        this.rule = parsed(this.text, text);
        if (until.isPresent() && rule.getCount() != null) {
            throw RefusedException.invalid("'" + text + "' is no rule of RFC 5545: it has COUNT and UNTIL.");
        }
        this.zone = zone;
        this.start = LocalDateTime.ofInstant(anchor, zone).truncatedTo(ChronoUnit.SECONDS);
        this.everyHour = SECONDS.containsKey(rule.getFreq())
                && !rule.hasPart(Part.BYHOUR)
                && (rule.getFreq() != Freq.HOURLY || rule.getInterval() == 1);
    }

    /** As it is kept: without the name that iCalendar puts before it. */
    static String plain(String text) {
        String plain = text.strip().toUpperCase(Locale.ROOT);
        if (plain.contains("DTSTART") || plain.contains("\n")) {
            throw RefusedException.invalid("'" + text.strip().replace("\n", "\\n")
                    + "' is more than a rule: write what is behind RRULE: alone, and its DTSTART as 'anchor'.");
        }
        return plain.startsWith("RRULE:") ? plain.substring("RRULE:".length()) : plain;
    }

    /** @throws RefusedException it is no rule, or never fires */
    static RuleTimes of(String text, Instant anchor, ZoneId zone) {
        RuleTimes times = unchecked(text, anchor, zone);
        Integer count = times.rule.getCount();
        if (count != null && count > MOST_COUNTED) {
            throw RefusedException.invalid("'" + text + "' counts further than " + MOST_COUNTED + ": use UNTIL.");
        }
        times.requireTimes(text);
        return times;
    }

    static RuleTimes unchecked(String text, Instant anchor, ZoneId zone) {
        return new RuleTimes(text, anchor, zone);
    }

    private static RecurrenceRule parsed(String text, String whole) {
        if (text.contains("RSCALE") || text.contains("SKIP=")) {
            throw RefusedException.invalid("'" + whole + "' has RSCALE or SKIP, which are not taken: rules are of the"
                    + " calendar everybody uses.");
        }
        try {
            return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException wrong) {
            throw RefusedException.invalid(
                    "'" + whole + "' is no rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=MO: " + wrong.getMessage());
        }
    }

    /** With a Z it is an instant, else it is of the zone; a day belongs to the rule. */
    private static Optional<Instant> until(String text, ZoneId zone) {
        Matcher found = UNTIL.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            String day = found.group(1).replaceAll("(\\d{4})(\\d\\d)(\\d\\d)", "$1-$2-$3");
            if (found.group(2) == null) {
                return Optional.of(LocalDate.parse(day)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .minusMillis(1));
            }
            LocalDateTime last =
                    LocalDateTime.parse(day + "T" + found.group(2).replaceAll("(\\d\\d)(\\d\\d)(\\d\\d)", "$1:$2:$3"));
            boolean utc = !found.group(3).isEmpty();
            return Optional.of(last.atZone(utc ? ZoneOffset.UTC : zone).toInstant());
        } catch (DateTimeException none) {
            throw RefusedException.invalid("'" + text + "' ends at no time there is (UNTIL).");
        }
    }

    private void requireTimes(String whole) {
        try {
            Optional<LocalDateTime> first = walled(start.minusSeconds(1));
            if (first.isEmpty() || next(first()).isEmpty()) {
                throw RefusedException.invalid("'" + whole + "' never fires: it ends before its first time.");
            }
            // What is empty for long is given up by the library, perhaps later than at first.
            for (int days : new int[] {1, 40, 400, 4_000}) {
                walled(first.get().plusDays(days));
            }
        } catch (IllegalArgumentException | IllegalStateException givenUp) {
            throw RefusedException.invalid("'" + whole
                    + "' never fires, or so seldom that it cannot be followed: there is no such day, or FREQ is to be"
                    + " larger (FREQ=DAILY;BYHOUR=3 instead of FREQ=SECONDLY;BYHOUR=3).");
        }
    }

    Optional<Instant> next(Instant moment) {
        WallClock clock = new WallClock(this::wall);
        Instant from = moment.isBefore(first()) ? first() : moment;
        return (everyHour ? clock.nextByOffset(from, zone) : clock.nextByWall(from, zone))
                .filter(due -> until.isEmpty() || !due.isAfter(until.get()));
    }

    /** A moment before anything is due. */
    private Instant first() {
        return start.atZone(zone).toInstant().minusSeconds(1);
    }

    private Optional<LocalDateTime> wall(LocalDateTime after) {
        try {
            return walled(after);
        } catch (IllegalArgumentException | IllegalStateException givenUp) {
            // A rule that was checked has no further time then.
            return Optional.empty();
        }
    }

    private Optional<LocalDateTime> walled(LocalDateTime after) {
        RecurrenceRuleIterator times = rule().iterator(time(start(after)));
        if (after.isAfter(start)) {
            times.fastForward(time(after));
        }
        while (times.hasNext()) {
            DateTime next = times.nextDateTime();
            LocalDateTime due = LocalDateTime.of(
                    next.getYear(),
                    next.getMonth() + 1,
                    next.getDayOfMonth(),
                    next.getHours(),
                    next.getMinutes(),
                    next.getSeconds());
            if (due.isAfter(after)) {
                return Optional.of(due);
            }
        }
        return Optional.empty();
    }

    /** The library's rules are not said to be thread-safe. */
    private RecurrenceRule rule() {
        return parsed(text, text);
    }

    /** Years of seconds need not be gone through: a later begin in step with the first gives the same. */
    private LocalDateTime start(LocalDateTime after) {
        Long unit = SECONDS.get(rule.getFreq());
        if (unit == null || rule.getCount() != null || !after.isAfter(start)) {
            return start;
        }
        long step = unit * rule.getInterval();
        long steps = Duration.between(start, after).toSeconds() / step - 1;
        return steps > 0 ? start.plusSeconds(steps * step) : start;
    }

    private static DateTime time(LocalDateTime at) {
        return new DateTime(
                DateTime.UTC,
                at.getYear(),
                at.getMonthValue() - 1,
                at.getDayOfMonth(),
                at.getHour(),
                at.getMinute(),
                at.getSecond());
    }
}
