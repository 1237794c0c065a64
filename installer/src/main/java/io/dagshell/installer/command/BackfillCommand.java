package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell backfill ls | show | watch | pause | resume | set | cancel}. */
@Command(
        name = "backfill",
        description = "Shows and steers ranges of the past that are run.",
        footer = "One is begun with dagshell deployment backfill NAME --from … --to ….",
        mixinStandardHelpOptions = true,
        subcommands = {
            BackfillCommand.Ls.class,
            BackfillCommand.Show.class,
            BackfillCommand.Watch.class,
            BackfillCommand.Pause.class,
            BackfillCommand.Resume.class,
            BackfillCommand.Set.class,
            BackfillCommand.Cancel.class,
        })
final class BackfillCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws java.io.IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static String path(String id) {
        return "/api/backfills/" + ApiClient.segment(id);
    }

    /** {@code 1 run}, {@code 2 runs}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code running: 3 of 31 over, 1 failed}. */
    static String told(JsonNode backfill) {
        int over = backfill.path("completed").asInt()
                + backfill.path("failed").asInt()
                + backfill.path("cancelled").asInt()
                + backfill.path("forgotten").asInt();
        int all = over
                + backfill.path("waiting").asInt()
                + backfill.path("active").asInt();
        StringBuilder told = new StringBuilder(backfill.path("state").asText() + ": " + over + " of " + all + " over");
        for (String kind : new String[] {"failed", "cancelled", "active"}) {
            int number = backfill.path(kind).asInt();
            told.append(number == 0 ? "" : ", " + number + " " + (kind.equals("active") ? "under way" : kind));
        }
        return told
                + (backfill.hasNonNull("reason")
                        ? " (" + backfill.path("reason").asText() + ")"
                        : "");
    }

    /** {@code backfill ls [NAME]}. */
    @Command(
            name = "ls",
            description = "Lists those that are not over, or all of a deployment.",
            mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "A deployment's name.")
        private Optional<String> name = Optional.empty();

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode all = server().get(name.map(of -> DeploymentServer.path(of) + "/backfills")
                            .orElse("/api/backfills"))
                    .path("backfills");
            if (all.isEmpty()) {
                out.println(name.isPresent() ? "None yet." : "None is going on.");
            }
            TextTable table = new TextTable("backfill", "deployment", "from", "to", "how far");
            all.forEach(each -> table.row(
                    each.path("id").asText(),
                    each.path("deployment").asText(),
                    each.path("from").asText(),
                    each.path("to").asText(),
                    told(each)));
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code backfill show ID}. */
    @Command(name = "show", description = "Shows one and its instants.", mixinStandardHelpOptions = true)
    static final class Show extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            ApiClient server = server();
            JsonNode one = server.get(path(id));
            out.println("\"" + one.path("deployment").asText() + "\" from "
                    + one.path("from").asText() + " to " + one.path("to").asText() + " by " + ScheduleRule.told(one));
            out.println(told(one));
            TextTable table = new TextTable("due", "state", "run");
            JsonNode page;
            int after = -1;
            do {
                page = server.get(path(id) + "/instants?after=" + after).path("instants");
                for (JsonNode each : page) {
                    String state = each.path("runState")
                            .asText(each.path("state").asText().replace('_', ' '));
                    String reason = each.path("reason").asText("");
                    table.row(
                            each.path("due").asText(),
                            reason.isEmpty() ? state : state + ": " + reason,
                            each.path("run").asText(""));
                    after = each.path("place").asInt();
                }
            } while (!page.isEmpty());
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code backfill watch ID}. */
    @Command(
            name = "watch",
            description = "Tells how far it is until it is over.",
            footer = "Exit codes: 0 all runs completed; 1 one did not; Ctrl-C leaves it going.",
            mixinStandardHelpOptions = true)
    static final class Watch extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            ApiClient server = server();
            server.get(path(id));
            return new WatchedBackfill(server, id, out).follow().number();
        }
    }

    private static int change(String id, ObjectNode change, PrintWriter out) throws Exception {
        out.println("Backfill " + id + " is " + told(server().patch(path(id), change)));
        return ExitCode.DONE.number();
    }

    /** {@code backfill pause ID}. */
    @Command(
            name = "pause",
            description = "Makes no more runs of it for a while; those there are go on.",
            mixinStandardHelpOptions = true)
    static final class Pause extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return change(id, JSON.createObjectNode().put("paused", true), out);
        }
    }

    /** {@code backfill resume ID}. */
    @Command(name = "resume", description = "Lets it go on.", mixinStandardHelpOptions = true)
    static final class Resume extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return change(id, JSON.createObjectNode().put("paused", false), out);
        }
    }

    /** {@code backfill set ID --limit N}. */
    @Command(name = "set", description = "Changes how many run at once.", mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--limit", required = true, paramLabel = "N", description = "How many run at once.")
        private int limit;

        @Override
        int run(PrintWriter out) throws Exception {
            return change(id, JSON.createObjectNode().put("limit", limit), out);
        }
    }

    /** {@code backfill cancel ID}. */
    @Command(
            name = "cancel",
            description = "Makes no more runs of it, and stops those there are.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends Leaf {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--keep-running", description = "Lets runs that go on end by themselves.")
        private boolean keepRunning;

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode cancelled = server().post(
                            path(id) + "/cancel",
                            JSON.createObjectNode()
                                    .put("keepRunning", keepRunning)
                                    .put("reason", "cancelled by " + System.getProperty("user.name", "someone")));
            out.println("Backfill " + id + " is " + told(cancelled));
            return ExitCode.DONE.number();
        }
    }
}
