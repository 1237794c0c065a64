package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deployment watch | cancel RUN}. */
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
