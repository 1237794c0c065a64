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
import java.util.Optional;

/**
 * Due instants of a cron expression in a zone. The library counts on a clock that never jumps; over jumps of the
 * zone's clock {@link WallClock} decides. An expression for every hour goes on hour by hour: 23 times on the short day, 25
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
        WallClock clock = new WallClock(this::wall);
        return everyHour ? clock.nextByOffset(moment, zone) : clock.nextByWall(moment, zone);
    }

    private Optional<LocalDateTime> wall(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
