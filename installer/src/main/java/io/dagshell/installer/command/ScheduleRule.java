package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A rule of due instants, as options of a command. */
final class ScheduleRule {
    @Option(
            names = "--cron",
            paramLabel = "EXPRESSION",
            description = "A rule instead of a schedule's, such as '0 0 1 * *'.")
    private Optional<String> cron = Optional.empty();

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
        zone.ifPresent(text -> body.put("zone", text));
        every.ifPresent(text -> body.put("every", Times.parse("--every", text).toString()));
    }

    /** The rule of a schedule or a backfill that a server told. */
    static String told(JsonNode schedule) {
        if (schedule.has("cron")) {
            return schedule.path("cron").asText() + " " + schedule.path("zone").asText();
        }
        return "every " + schedule.path("every").asText();
    }
}
