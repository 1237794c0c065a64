package io.dagshell.installer.export;

import io.dagshell.installer.CommandProblem;
import io.dagshell.store.orchestration.Timing;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A schedule as the five fields that every cron knows: minute, hour, day of month, month, day of week.
 *
 * @param zone whose clock they are of
 */
record CronFields(String minute, String hour, String day, String month, String weekday, ZoneId zone) {
    private static final int HOUR = 60;
    private static final int DAY = 24;

    /** @throws CommandProblem it cannot be said so; says why and what can */
    static CronFields of(Timing timing) {
        if (timing instanceof Timing.Cron cron) {
            return of(cron);
        }
        if (timing instanceof Timing.Interval interval) {
            return of(interval);
        }
        throw unsaid(timing.toString(), "only 'cron' and 'every' can be exported");
    }

    private static CronFields of(Timing.Cron cron) {
        String[] fields = cron.expression().split("\\s+", -1);
        int first = fields.length - 5;
        if (first == 1 && !fields[0].equals("0")) {
            throw unsaid(
                    cron.expression(),
                    "other schedulers know minutes, not seconds; begin it with 0 or leave the" + " seconds out");
        }
        return new CronFields(
                fields[first], fields[first + 1], fields[first + 2], fields[first + 3], fields[first + 4], cron.zone());
    }

    private static CronFields of(Timing.Interval interval) {
        Duration every = interval.every();
        LocalDateTime anchor = LocalDateTime.ofInstant(interval.anchor(), ZoneOffset.UTC);
        long minutes = every.toMinutes();
        boolean whole = every.equals(Duration.ofMinutes(minutes)) && anchor.getSecond() == 0 && anchor.getNano() == 0;
        if (whole && minutes < HOUR && HOUR % minutes == 0) {
            return fields(steps(anchor.getMinute(), minutes, HOUR), "*", "*");
        }
        String minute = Integer.toString(anchor.getMinute());
        long hours = minutes / HOUR;
        if (whole && minutes % HOUR == 0 && hours < DAY && DAY % hours == 0) {
            return fields(minute, steps(anchor.getHour(), hours, DAY), "*");
        }
        String hour = Integer.toString(anchor.getHour());
        if (whole && every.equals(Duration.ofDays(1))) {
            return fields(minute, hour, "*");
        }
        if (whole && every.equals(Duration.ofDays(7))) {
            return fields(minute, hour, Integer.toString(anchor.getDayOfWeek().getValue() % 7));
        }
        throw unsaid(
                "every: " + every,
                "it does not fall on the same minutes of each hour, hours of each day, or day of"
                        + " each week; other schedulers need that, so give it as 'cron'");
    }

    private static CronFields fields(String minute, String hour, String weekday) {
        return new CronFields(minute, hour, "*", "*", weekday, ZoneOffset.UTC);
    }

    private static String steps(int anchor, long every, int of) {
        long first = anchor % every;
        if (every == 1) {
            return "*";
        }
        return first == 0 ? "*/" + every : first + "-" + (of - 1) + "/" + every;
    }

    private static CommandProblem unsaid(String schedule, String why) {
        return CommandProblem.badInput("The schedule '" + schedule + "' cannot be exported: " + why + ".");
    }

    /** The five in one line. */
    String line() {
        return String.join(" ", minute, hour, day, month, weekday);
    }

    /** As people and machines write it: {@code UTC} rather than {@code Z}. */
    String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
