package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.agent.Agent;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dagshell agent start | ls}. */
@Command(
        name = "agent",
        description = "Takes runs from a server, each in a process of its own.",
        mixinStandardHelpOptions = true,
        subcommands = {AgentCommand.Start.class, AgentCommand.Ls.class})
final class AgentCommand extends Group {

    /** Runs until it is told to stop. */
    @Command(name = "start", description = "Starts an agent.", mixinStandardHelpOptions = true)
    static final class Start extends Leaf {
        @Mixin
        private AgentOptions options = new AgentOptions();

        @Mixin
        private LogOptions logs = new LogOptions();

        @Override
        int run(PrintWriter out) throws Exception {
            Agent agent = options.start(ApiClient.of(Home.ofEnvironment(), System.getenv()), out, logs);
            agent.await();
            return ExitCode.DONE.number();
        }
    }

    /** {@code agent ls}. */
    @Command(name = "ls", description = "Lists the agents the server knows.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            TextTable table =
                    new TextTable("agent", "host", "queues", "jdks", "running", "last heartbeat", "version", "");
            for (JsonNode each :
                    DeploymentServer.ofEnvironment().client().get("/api/agents").path("agents")) {
                table.row(
                        each.path("name").asText(),
                        each.path("host").asText(),
                        each.path("queues").toString().replaceAll("[\\[\\]\"]", ""),
                        each.path("jdks").toString().replaceAll("[\\[\\]]", ""),
                        each.path("running").asText(),
                        each.path("lastHeartbeat").asText(),
                        each.path("version").asText(),
                        note(each));
            }
            table.print(out);
            return ExitCode.DONE.number();
        }

        private static String note(JsonNode agent) {
            if (!agent.path("alive").asBoolean()) {
                return "missing";
            }
            return agent.has("notServed")
                    ? "gets no runs: it " + agent.path("notServed").asText()
                    : "";
        }
    }
}
