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

/** {@code deployment watch | cancel | rerun RUN}. */
final class DeploymentRuns {
    private DeploymentRuns() {}

    /** {@code deployment watch RUN}. */
    @Command(
            name = "watch",
            description = "Shows a run's log, calls and states until it is over.",
            footer = DeploymentRun.CODES,
            mixinStandardHelpOptions = true)
    static final class Watch extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id.")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            ApiClient server = DeploymentServer.ofEnvironment().client();
            server.get("/api/runs/" + ApiClient.segment(id));
            return new WatchedRun(server, id, out).follow().number();
        }
    }

    /** {@code deployment rerun RUN}. */
    @Command(
            name = "rerun",
            description = "Runs a run again: what failed and what follows, as a run of its own.",
            footer = DeploymentRun.CODES,
            mixinStandardHelpOptions = true)
    static final class Rerun extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id.")
        private String id = "";

        @Option(
                names = "--from",
                paramLabel = "TASK",
                description = "This task too and what follows it, though finished.")
        private Optional<String> from = Optional.empty();

        @Option(names = "--all", description = "Everything, from the first task on.")
        private boolean all;

        @Option(names = "--watch", description = "Tell the run as it goes.")
        private boolean watch;

        @Override
        int run(PrintWriter out) throws Exception {
            if (all && from.isPresent()) {
                throw CommandProblem.badInput("--all runs everything again and --from a part; leave out one.");
            }
            ApiClient server = DeploymentServer.ofEnvironment().client();
            ObjectNode body =
                    new ObjectMapper().createObjectNode().put("createdBy", System.getProperty("user.name", "someone"));
            from.ifPresent(task -> body.put("from", task));
            JsonNode run = server.post("/api/runs/" + ApiClient.segment(id) + (all ? "/retry" : "/resume"), body);
            String again = run.path("run").asText();
            out.println("Run " + again + " is " + run.path("state").asText() + ".");
            return watch ? new WatchedRun(server, again, out).follow().number() : ExitCode.DONE.number();
        }
    }

    /** {@code deployment cancel RUN}. */
    @Command(name = "cancel", description = "Stops a run.", mixinStandardHelpOptions = true)
    static final class Cancel extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id.")
        private String id = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode run = DeploymentServer.ofEnvironment()
                    .client()
                    .post(
                            "/api/runs/" + ApiClient.segment(id) + "/cancel",
                            new ObjectMapper()
                                    .createObjectNode()
                                    .put("reason", "cancelled by " + System.getProperty("user.name", "someone")));
            out.println("Run " + id + " is " + run.path("state").asText() + ".");
            return ExitCode.DONE.number();
        }
    }
}
