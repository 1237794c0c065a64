package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A rule of due instants, as options of a command. */
final class ScheduleRule {
    @Option(names = "--cron", paramLabel = "EXPRESSION", description = "A rule by the clock, such as '0 0 1 * *'.")
    private Optional<String> cron = Optional.empty();

    @Option(
            names = "--rrule",
            paramLabel = "RULE",
            description = "A rule of iCalendar, such as 'FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6'.")
    private Optional<String> rule = Optional.empty();

    @Option(
            names = "--anchor",
            paramLabel = "INSTANT",
            description = "What --rrule and --every are counted from, such as 2026-01-05T06:00:00Z.")
    private Optional<String> anchor = Optional.empty();

    @Option(
            names = {"--zone", "--tz"},
            paramLabel = "ZONE",
            description = "Time zone of that rule, such as Europe/Berlin (default: UTC).")
    private Optional<String> zone = Optional.empty();

    @Option(names = "--every", paramLabel = "TIME", description = "A rule of even steps, such as 6h.")
    private Optional<String> every = Optional.empty();

    /** Puts what was given into a request. */
    void into(ObjectNode body) {
        cron.ifPresent(text -> body.put("cron", text));
        rule.ifPresent(text -> body.put("rrule", text));
        anchor.ifPresent(text -> body.put("anchor", text));
        zone.ifPresent(text -> body.put("zone", text));
        every.ifPresent(text -> body.put("every", Times.parse("--every", text).toString()));
    }

    /** The same for a schedule that is there: its own rule where none was given. */
    void over(JsonNode there, ObjectNode body) {
        boolean other = cron.isPresent() || rule.isPresent() || every.isPresent();
        String[] kept = other ? new String[] {"zone"} : new String[] {"cron", "rrule", "every", "zone", "anchor"};
        for (String name : kept) {
            if (there.has(name)) {
                body.set(name, there.path(name));
            }
        }
        into(body);
    }

    /** The rule of a schedule or a backfill that a server told. */
    static String told(JsonNode schedule) {
        for (String kind : new String[] {"cron", "rrule"}) {
            if (schedule.has(kind)) {
                return schedule.path(kind).asText() + " "
                        + schedule.path("zone").asText();
            }
        }
        return "every " + schedule.path("every").asText();
    }
}
