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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule as it is typed.
 *
 * @param id of the one that is changed, or empty
 * @param kind of its rule: which of the next fields counts
 * @param minutes of an interval
 * @param rule of iCalendar
 * @param anchor what interval and rule are counted from, by the zone's clock
 * @param parameters JSON, where the flow's own cannot be typed
 */
public record ScheduleForm(
        String id,
        Kind kind,
        String cron,
        String zone,
        String minutes,
        String rule,
        String anchor,
        String overlap,
        String catchUp,
        String parameters) {

    /** Kinds of rules. */
    public enum Kind {
        CRON("by the clock (cron)"),
        EVERY("every so often"),
        RULE("by a calendar rule (RRULE)");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static ScheduleForm blank() {
        return new ScheduleForm(
                "", Kind.CRON, "0 * * * *", "UTC", "", "", "", Overlap.SKIP.name(), CatchUp.LATEST.name(), "{}");
    }

    static ScheduleForm of(Schedule schedule) {
        ScheduleSpec spec = schedule.spec();
        Timing timing = spec.timing();
        return new ScheduleForm(
                schedule.id().toString(),
                kind(timing),
                timing instanceof Timing.Cron byClock ? byClock.expression() : "",
                timing.zone().toString(),
                timing instanceof Timing.Interval interval ? every(interval.every()) : "",
                timing instanceof Timing.Rule rule ? rule.rule() : "",
                anchor(timing),
                spec.overlap().name(),
                spec.catchUp().name(),
                spec.parametersJson());
    }

    private static Kind kind(Timing timing) {
        if (timing instanceof Timing.Rule) {
            return Kind.RULE;
        }
        return timing instanceof Timing.Cron ? Kind.CRON : Kind.EVERY;
    }

    private static String anchor(Timing timing) {
        if (timing instanceof Timing.Rule rule) {
            boolean said = !rule.anchor().equals(Timing.Rule.start(rule.zone()));
            return said ? LocalDateTime.ofInstant(rule.anchor(), rule.zone()).toString() : "";
        }
        return timing instanceof Timing.Interval interval
                ? LocalDateTime.ofInstant(interval.anchor(), timing.zone()).toString()
                : "";
    }

    static ScheduleForm of(Context request) {
        String cron = text(request, "cron");
        String minutes = text(request, "minutes");
        Kind guessed = cron.isEmpty() && !minutes.isEmpty() ? Kind.EVERY : Kind.CRON;
        return new ScheduleForm(
                text(request, "id"),
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.name().equals(text(request, "kind")))
                        .findFirst()
                        .orElse(guessed),
                cron,
                text(request, "zone"),
                minutes,
                text(request, "rule"),
                text(request, "anchor"),
                text(request, "overlap"),
                text(request, "catchUp"),
                text(request, "parameters"));
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("").strip();
    }

    /**
     * @param parametersJson those that differ from the deployment's
     * @throws IllegalArgumentException something does not fit, in words
     */
    ScheduleSpec spec(boolean active, Instant now, String parametersJson) {
        return new ScheduleSpec(
                timing(now), parametersJson, active, Overlap.valueOf(overlap), CatchUp.valueOf(catchUp));
    }

    private Timing timing(Instant now) {
        return switch (kind) {
            case CRON -> new Timing.Cron(cron, typedZone());
            case EVERY -> new Timing.Interval(interval(), anchor(ZoneId.of("UTC"), now));
            case RULE -> {
                if (rule.isEmpty()) {
                    throw new IllegalArgumentException("Type a rule such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=6.");
                }
                yield new Timing.Rule(rule, typedZone(), anchor(typedZone(), Timing.Rule.start(typedZone())));
            }
        };
    }

    private Instant anchor(ZoneId where, Instant otherwise) {
        try {
            return anchor.isEmpty()
                    ? otherwise
                    : LocalDateTime.parse(anchor).atZone(where).toInstant();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(
                    "Counted from is a time such as 2026-01-05T06:00, not '" + anchor + "'.", none);
        }
    }

    private ZoneId typedZone() {
        try {
            return ZoneId.of(zone.isEmpty() ? "UTC" : zone);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("There is no time zone '" + zone + "'; one is Europe/Berlin.", unknown);
        }
    }

    private Duration interval() {
        if (!minutes.matches("[1-9]\\d{0,6}s?")) {
            throw new IllegalArgumentException(
                    "An interval is a whole number of minutes, or of seconds such as 90s, not '" + minutes + "'.");
        }
        return minutes.endsWith("s")
                ? Duration.ofSeconds(Long.parseLong(minutes.substring(0, minutes.length() - 1)))
                : Duration.ofMinutes(Long.parseLong(minutes));
    }

    /** As {@link #interval} reads it, so that saving a form unchanged changes nothing. */
    private static String every(Duration interval) {
        return interval.toSecondsPart() == 0 ? String.valueOf(interval.toMinutes()) : interval.toSeconds() + "s";
    }

    public List<Kind> kinds() {
        return List.of(Kind.values());
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
