package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell queue ls | set}. */
@Command(
        name = "queue",
        description = "Shows and changes how work queues are served.",
        mixinStandardHelpOptions = true,
        subcommands = {QueueCommand.Ls.class, QueueCommand.Set.class})
final class QueueCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws java.io.IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static void print(JsonNode queues, PrintWriter out) {
        TextTable table = new TextTable("queue", "priority", "limit", "waiting", "running", "");
        queues.forEach(each -> table.row(
                each.path("name").asText(),
                each.path("priority").asText(),
                each.path("concurrency").asText("none"),
                each.path("waiting").asText(),
                each.path("active").asText(),
                each.path("paused").asBoolean() ? "paused" : ""));
        table.print(out);
    }

    /** {@code queue ls}. */
    @Command(
            name = "ls",
            description = "Lists the work queues in the order they are served.",
            mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode queues = server().get("/api/queues").path("queues");
            if (queues.isEmpty()) {
                out.println("None yet: a queue comes with the first deployment or agent that names it.");
            }
            print(queues, out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code queue set NAME --priority 10 --limit 4}. */
    @Command(
            name = "set",
            description = "Changes how a work queue is served; what is not named stays.",
            footer = "Of runs that wait, those of queues with smaller numbers are begun first.",
            mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(paramLabel = "NAME", description = "The queue's name; it is made if it is not there.")
        private String name = "";

        @Option(names = "--priority", paramLabel = "N", description = "Smaller numbers are served first (100).")
        private Optional<Integer> priority = Optional.empty();

        @Option(names = "--limit", paramLabel = "N|none", description = "How many of its runs may go on at once.")
        private Optional<String> limit = Optional.empty();

        @Option(names = "--pause", description = "Begins none of its runs.")
        private boolean pause;

        @Option(names = "--resume", description = "Begins them again.")
        private boolean resume;

        @Override
        int run(PrintWriter out) throws Exception {
            if (pause && resume) {
                throw CommandProblem.badInput("Say --pause or --resume, not both.");
            }
            ObjectNode body = JSON.createObjectNode();
            for (JsonNode each : server().get("/api/queues").path("queues")) {
                if (each.path("name").asText().equals(name)) {
                    body.set("priority", each.path("priority"));
                    body.set("paused", each.path("paused"));
                    if (each.has("concurrency")) {
                        body.set("concurrency", each.path("concurrency"));
                    }
                }
            }
            priority.ifPresent(number -> body.put("priority", number));
            limit.ifPresent(text -> {
                if (text.equals("none")) {
                    body.remove("concurrency");
                } else {
                    body.put("concurrency", LimitCommand.number("--limit", text));
                }
            });
            if (pause || resume) {
                body.put("paused", pause);
            }
            print(server().put("/api/queues/" + ApiClient.segment(name), body).path("queues"), out);
            return ExitCode.DONE.number();
        }
    }
}
