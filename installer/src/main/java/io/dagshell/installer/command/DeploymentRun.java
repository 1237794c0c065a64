package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment run NAME -p name=value}. */
@Command(
        name = "run",
        description = "Orders a run of a deployment; an agent takes it.",
        footer = DeploymentRun.CODES,
        mixinStandardHelpOptions = true)
final class DeploymentRun extends Leaf {
    /** What a watched run ends the command with. */
    static final String CODES = "Exit codes of a watched run: 0 Completed; 1 Failed, Crashed or Cancelled; 2 refused; "
            + "3 no server answered at first. Ctrl-C leaves the run going.";

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Option(
            names = {"-p", "--param"},
            paramLabel = "name=value",
            description = "A parameter of the flow, over the deployment's.")
    private List<String> parameters = List.of();

    @Option(names = "--watch", description = "Shows log, calls and states until the run is over.")
    private boolean watch;

    @Option(names = "--due", paramLabel = "TIME", description = "When it shall start, such as 2026-01-31T06:00:00Z.")
    private Optional<String> due = Optional.empty();

    @Option(names = "--work-queue", paramLabel = "QUEUE", description = "Another queue than the deployment's.")
    private Optional<String> queue = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description = "Idempotency key: a second request of the same key gets the first one's run.")
    private Optional<String> key = Optional.empty();

    @Override
    int run(PrintWriter out) throws Exception {
        DeploymentServer server = DeploymentServer.ofEnvironment();
        Map<String, String> options = new LinkedHashMap<>();
        due.ifPresent(text -> options.put("due", text));
        queue.ifPresent(text -> options.put("queue", text));
        key.ifPresent(text -> options.put("idempotencyKey", text));
        JsonNode run = server.order(name, Assignment.map(parameters), options);
        String id = run.path("run").asText();
        out.println("Run " + id + " of \"" + name + "\" is " + run.path("state").asText() + ", parameters "
                + run.path("parameters"));
        out.flush();
        return watch ? new WatchedRun(server.client(), id, out).follow().number() : ExitCode.DONE.number();
    }
}
