package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment backfill NAME --from 2025-01-01 --to 2025-06-30}. */
@Command(
        name = "backfill",
        description = "Runs a deployment for each time its schedule was due in a range of the past.",
        footer = {
            "A day such as 2026-01-31 is a whole day of the schedule's zone; 2026-01-31T06:00 is a time of it, and",
            "2026-01-31T06:00:00Z an instant. Both ends belong to the range. Limits of the deployment hold too.",
            "Look at it, pause it or stop it: dagshell backfill ls | show | pause | resume | cancel."
        },
        mixinStandardHelpOptions = true)
final class DeploymentBackfill extends Leaf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LISTED = 12;

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "The first moment of the range.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "The last one (default: now).")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "N|ID|RULE",
            description = "Whose times: its number in dagshell deployment show. Needed if there are several.")
    private Optional<String> schedule = Optional.empty();

    @Mixin
    private ScheduleRule rule = new ScheduleRule();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many run at once (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--reverse", description = "The latest first.")
    private boolean reverse;

    @Option(
            names = "--rerun",
            paramLabel = "none|failed|all",
            defaultValue = "none",
            description = "Which times are run though they ran already (default: ${DEFAULT-VALUE}).")
    private String rerun = "";

    @Option(
            names = "--stop-after",
            paramLabel = "N",
            defaultValue = "3",
            description = "Pauses it when N runs in a row have failed; 0 never does (default: ${DEFAULT-VALUE}).")
    private int stopAfter;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "name=value",
            description = "A parameter of its runs, over the schedule's.")
    private List<String> parameters = List.of();

    @Option(names = "--work-queue", paramLabel = "QUEUE", description = "Another queue than the deployment's.")
    private Optional<String> queue = Optional.empty();

    @Option(names = "--dry-run", description = "Only tells what would be run.")
    private boolean dry;

    @Option(names = "--watch", description = "Tells how far it is until it is over; 1 if a run did not complete.")
    private boolean watch;

    @Override
    int run(PrintWriter out) throws Exception {
        DeploymentServer server = DeploymentServer.ofEnvironment();
        String place = DeploymentServer.path(name) + "/backfills";
        ObjectNode body = body();
        if (dry) {
            tell(server.client().post(place + "/preview", body), out);
            return ExitCode.DONE.number();
        }
        body.put("createdBy", System.getProperty("user.name", "someone"));
        JsonNode backfill = server.client().post(place, body);
        String id = backfill.path("id").asText();
        out.println("Backfill " + id + " of \"" + name + "\" makes "
                + BackfillCommand.count(backfill.path("waiting").asInt(), "run")
                + leftOut(backfill.path("leftOut").asInt()) + ", " + limit + " at once.");
        out.flush();
        return watch ? new WatchedBackfill(server.client(), id, out).follow().number() : ExitCode.DONE.number();
    }

    private static String leftOut(int number) {
        return number == 0 ? "" : ", " + number + " left out";
    }

    private ObjectNode body() {
        if (!List.of("none", "failed", "all").contains(rerun)) {
            throw CommandProblem.badInput("--rerun is none, failed or all, not '" + rerun + "'.");
        }
        ObjectNode body = JSON.createObjectNode().put("from", from);
        to.ifPresent(text -> body.put("to", text));
        schedule.ifPresent(text -> body.put("schedule", text));
        rule.into(body);
        queue.ifPresent(text -> body.put("queue", text));
        body.put("limit", limit).put("newestFirst", reverse).put("rerun", rerun).put("stopAfter", stopAfter);
        ObjectNode texts = body.putObject("texts");
        Assignment.map(parameters).forEach(texts::put);
        return body;
    }

    private static void tell(JsonNode plan, PrintWriter out) {
        out.println(BackfillCommand.count(plan.path("toRun").asInt(), "run") + " would be made.");
        plan.path("leftOut")
                .forEach(
                        each -> out.println("left out: " + each.path("instants").asInt() + ", because "
                                + each.path("reason").asText()));
        JsonNode instants = plan.path("instants");
        int hidden = Math.max(0, instants.size() - LISTED);
        for (int i = 0; i < instants.size(); i++) {
            if (i < LISTED - 1 || i >= LISTED - 1 + hidden) {
                out.println(instants.get(i).asText());
            } else if (i == LISTED - 1) {
                out.println("… " + hidden + " more");
            }
        }
    }
}
