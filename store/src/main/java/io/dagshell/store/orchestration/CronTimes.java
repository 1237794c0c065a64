package io.dagshell.store.orchestration;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Due instants of a cron expression in a zone. The library counts on a clock that never jumps; what happens where the
 * zone's clock jumps is decided here. An expression for every hour goes on hour by hour: 23 times on the short day, 25
 * times on the long one. One for certain hours is due once a day: an instant the short day leaves out comes as much
 * later as the clock jumps, and one the long day has twice is taken the first time. Immutable and thread-safe.
 */
final class CronTimes {
    private static final Instant SOME_DAY = Instant.parse("2020-01-01T00:00:00Z");

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronTimes(ExecutionTime times, boolean everyHour) {
        this.times = times;
        this.everyHour = everyHour;
    }

    /** @throws RefusedException it is no cron expression, or never fires */
    static CronTimes of(String expression) {
        String[] fields = expression.split("\\s+", -1);
        if (fields.length != 5 && fields.length != 6) {
            throw RefusedException.invalid(
                    "'" + expression + "' is no cron expression: it has five fields (minute, hour,"
                            + " day of month, month, day of week), or six with seconds before them.");
        }
        CronTimes known = unchecked(expression);
        if (known.wall(LocalDateTime.ofInstant(SOME_DAY, ZoneOffset.UTC)).isEmpty()) {
            throw RefusedException.invalid("'" + expression + "' never fires: there is no such day.");
        }
        return known;
    }

    static CronTimes unchecked(String expression) {
        String[] fields = expression.split("\\s+", -1);
        return new CronTimes(
                ExecutionTime.forCron(parse(expression, fields.length == 6)),
                fields[fields.length - 4].matches("\\*(/1)?"));
    }

    private static Cron parse(String expression, boolean seconds) {
        try {
            return new CronParser(seconds ? withSeconds() : CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(expression);
        } catch (IllegalArgumentException wrong) {
            throw RefusedException.invalid("'" + expression + "' is no cron expression: " + wrong.getMessage());
        }
    }

    private static CronDefinition withSeconds() {
        return CronDefinitionBuilder.defineCron()
                .withSeconds()
                .withValidRange(0, 59)
                .withStrictRange()
                .and()
                .withMinutes()
                .withValidRange(0, 59)
                .withStrictRange()
                .and()
                .withHours()
                .withValidRange(0, 23)
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .withValidRange(1, 31)
                .withStrictRange()
                .and()
                .withMonth()
                .withValidRange(1, 12)
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .withStrictRange()
                .and()
                .instance();
    }

    Optional<Instant> next(Instant moment, ZoneId zone) {
        return everyHour ? nextByOffset(moment, zone.getRules()) : nextByWall(moment, zone);
    }

    /** Between two jumps the zone is one offset. */
    private Optional<Instant> nextByOffset(Instant moment, ZoneRules rules) {
        Instant from = moment;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> next = wall(LocalDateTime.ofInstant(from, offset)).map(wall -> wall.toInstant(offset));
            ZoneOffsetTransition jump = rules.nextTransition(from);
            if (next.isEmpty() || jump == null || next.get().isBefore(jump.getInstant())) {
                return next;
            }
            Instant first = jump.getInstant();
            ZoneOffset later = jump.getOffsetAfter();
            // The instant of the jump itself may be due, by the new offset.
            LocalDateTime before = LocalDateTime.ofInstant(first, later).minusSeconds(1);
            next = wall(before).map(wall -> wall.toInstant(later));
            if (next.isEmpty() || !next.get().isAfter(first)) {
                return next;
            }
            from = first;
        }
    }

    private Optional<Instant> nextByWall(Instant moment, ZoneId zone) {
        LocalDateTime from = LocalDateTime.ofInstant(moment, zone);
        ZoneOffsetTransition jump = zone.getRules().previousTransition(moment.plusNanos(1));
        if (jump != null && jump.isGap() && moment.isBefore(jump.getInstant().plus(jump.getDuration()))) {
            from = jump.getDateTimeBefore().minusSeconds(1);
        }
        while (true) {
            Optional<LocalDateTime> wall = wall(from);
            if (wall.isEmpty()) {
                return Optional.empty();
            }
            // Of two offsets this takes the earlier; out of a gap it moves forward by the gap's length.
            Instant due = ZonedDateTime.of(wall.get(), zone).toInstant();
            if (due.isAfter(moment)) {
                return Optional.of(due);
            }
            from = wall.get();
        }
    }

    private Optional<LocalDateTime> wall(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
