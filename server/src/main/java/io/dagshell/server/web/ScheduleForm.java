package io.dagshell.server.web;

import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule as it is typed.
 *
 * @param id of the one that is changed, or empty
 * @param minutes of an interval, if there is no cron expression
 */
public record ScheduleForm(
        String id, String cron, String zone, String minutes, String overlap, String catchUp, String parameters) {

    static ScheduleForm blank() {
        return new ScheduleForm("", "0 * * * *", "UTC", "", Overlap.SKIP.name(), CatchUp.LATEST.name(), "{}");
    }

    static ScheduleForm of(Schedule schedule) {
        ScheduleSpec spec = schedule.spec();
        return new ScheduleForm(
                schedule.id().toString(),
                spec.timing() instanceof Timing.Cron byClock ? byClock.expression() : "",
                spec.timing().zone().toString(),
                spec.timing() instanceof Timing.Interval interval ? every(interval.every()) : "",
                spec.overlap().name(),
                spec.catchUp().name(),
                spec.parametersJson());
    }

    static ScheduleForm of(Context request) {
        return new ScheduleForm(
                text(request, "id"),
                text(request, "cron"),
                text(request, "zone"),
                text(request, "minutes"),
                text(request, "overlap"),
                text(request, "catchUp"),
                text(request, "parameters"));
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("").strip();
    }

    /** @throws IllegalArgumentException something does not fit, in words */
    ScheduleSpec spec(boolean active, Instant now) {
        return new ScheduleSpec(
                timing(now),
                parameters.isEmpty() ? "{}" : parameters,
                active,
                Overlap.valueOf(overlap),
                CatchUp.valueOf(catchUp));
    }

    private Timing timing(Instant now) {
        if (!minutes.isEmpty() && cron.isEmpty()) {
            if (!minutes.matches("[1-9]\\d{0,6}s?")) {
                throw new IllegalArgumentException(
                        "An interval is a whole number of minutes, or of seconds such as 90s, not '" + minutes + "'.");
            }
            return new Timing.Interval(interval(), now);
        }
        try {
            return new Timing.Cron(cron, ZoneId.of(zone.isEmpty() ? "UTC" : zone));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("There is no time zone '" + zone + "'; one is Europe/Berlin.", unknown);
        }
    }

    private Duration interval() {
        return minutes.endsWith("s")
                ? Duration.ofSeconds(Long.parseLong(minutes.substring(0, minutes.length() - 1)))
                : Duration.ofMinutes(Long.parseLong(minutes));
    }

    /** As {@link #interval} reads it, so that saving a form unchanged changes nothing. */
    private static String every(Duration interval) {
        return interval.toSecondsPart() == 0 ? String.valueOf(interval.toMinutes()) : interval.toSeconds() + "s";
    }

    public List<Choice> overlaps() {
        return Arrays.stream(Overlap.values())
                .map(each -> Choice.of(each.name(), overlap))
                .toList();
    }

    public List<Choice> catchUps() {
        return Arrays.stream(CatchUp.values())
                .map(each -> Choice.of(each.name(), catchUp))
                .toList();
    }

    /** One of a few. */
    public record Choice(String value, String word, boolean chosen) {
        static Choice of(String value, String chosen) {
            String word = value.replace('_', ' ').toLowerCase(Locale.ROOT);
            return new Choice(value, word, value.equals(chosen));
        }
    }
}
