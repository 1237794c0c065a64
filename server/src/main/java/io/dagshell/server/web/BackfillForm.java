package io.dagshell.server.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.server.deploy.Backfilling;
import io.dagshell.store.orchestration.BackfillSpec.Pace;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Rerun;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.Timing;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backfill as it is typed.
 *
 * @param schedule id of one, or {@link #OWN}
 * @param fromTime of day, or empty for the whole day
 * @param key so that a form that is sent twice begins one backfill
 */
public record BackfillForm(
        String schedule,
        String cron,
        String zone,
        String fromDay,
        String fromTime,
        String toDay,
        String toTime,
        String limit,
        boolean newestFirst,
        String rerun,
        String stopAfter,
        String queue,
        String key) {
    /** A rule that is typed here. */
    public static final String OWN = "own";

    static BackfillForm blank(List<Schedule> schedules, String key) {
        Pace pace = Pace.defaults();
        return new BackfillForm(
                schedules.isEmpty() ? OWN : schedules.get(0).id().toString(),
                "",
                "UTC",
                "",
                "",
                "",
                "",
                String.valueOf(pace.atOnce()),
                pace.newestFirst(),
                Rerun.NONE.name(),
                String.valueOf(pace.stopAfter()),
                "",
                key);
    }

    static BackfillForm of(Context request) {
        return new BackfillForm(
                text(request, "schedule"),
                text(request, "cron"),
                text(request, "zone"),
                text(request, "fromDay"),
                text(request, "fromTime"),
                text(request, "toDay"),
                text(request, "toTime"),
                text(request, "limit"),
                text(request, "order").equals("newest"),
                text(request, "rerun"),
                text(request, "stopAfter"),
                text(request, "queue"),
                text(request, "key"));
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("").strip();
    }

    /** @throws IllegalArgumentException something does not fit, in words */
    Backfilling.Request request(DeploymentName deployment, Map<String, String> parameters) {
        if (fromDay.isEmpty()) {
            throw new IllegalArgumentException("Say from which day on.");
        }
        boolean own = schedule.equals(OWN);
        return new Backfilling.Request(
                deployment,
                moment(fromDay, fromTime),
                toDay.isEmpty() ? Optional.empty() : Optional.of(moment(toDay, toTime)),
                own ? Optional.empty() : Optional.of(schedule),
                own ? Optional.of(rule()) : Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                parameters,
                Rerun.valueOf(rerun),
                new Pace(
                        number("Runs at once", limit),
                        newestFirst,
                        number("Failed runs in a row", stopAfter.isEmpty() ? "0" : stopAfter),
                        Optional.of(queue).filter(name -> !name.isEmpty())));
    }

    private static String moment(String day, String time) {
        return time.isEmpty() ? day : day + "T" + time;
    }

    private Timing rule() {
        if (cron.isEmpty()) {
            throw new IllegalArgumentException("Choose a schedule, or type the cron expression of a rule.");
        }
        try {
            return new Timing.Cron(cron, ZoneId.of(zone.isEmpty() ? "UTC" : zone));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("There is no time zone '" + zone + "'; one is Europe/Berlin.", unknown);
        }
    }

    private static int number(String field, String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(field + " is a whole number, not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    /** A choice of how to treat instants that ran. */
    public record Choice(String value, String words, boolean chosen) {}

    public List<Choice> reruns() {
        List<Choice> choices = new ArrayList<>();
        for (Rerun each : Rerun.values()) {
            String words = switch (each) {
                case NONE -> "leave them out";
                case FAILED -> "run again those that failed";
                case ALL -> "run all of them again";
            };
            choices.add(new Choice(each.name(), words, each.name().equals(rerun)));
        }
        return choices;
    }
}
