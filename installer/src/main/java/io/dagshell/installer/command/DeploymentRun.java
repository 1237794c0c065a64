package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment run NAME -p name=value}. */
@Command(
        name = "run",
        description = "Orders a run of a deployment; an agent takes it.",
        mixinStandardHelpOptions = true)
final class DeploymentRun extends Leaf {
    private static final Set<String> OVER = Set.of("Completed", "Cached", "Failed", "Crashed", "Cancelled");
    private static final long STEP_MILLIS = 300;

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Option(
            names = {"-p", "--param"},
            paramLabel = "name=value",
            description = "A parameter of the flow, over the deployment's.")
    private List<String> parameters = List.of();

    @Option(names = "--watch", description = "Shows the log until the run is over; exit code 1 if it did not complete.")
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
        return watch ? watch(server.client(), id, out) : ExitCode.DONE.number();
    }

    private static int watch(ApiClient server, String id, PrintWriter out) throws IOException, InterruptedException {
        long next = 0;
        String seen = "";
        while (true) {
            JsonNode run = server.get("/api/runs/" + id);
            String state = run.path("state").asText();
            String now = state + run.path("reason").asText("");
            next = lines(server, id, next, out);
            if (!now.equals(seen)) {
                out.println(state
                        + (run.hasNonNull("reason") ? ": " + run.path("reason").asText() : ""));
                seen = now;
            }
            out.flush();
            if (OVER.contains(state)) {
                lines(server, id, next, out);
                return state.equals("Completed") ? ExitCode.DONE.number() : ExitCode.FLOW_FAILED.number();
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** All there is now, which is a page or more. */
    private static long lines(ApiClient server, String id, long after, PrintWriter out) throws IOException {
        long next = after;
        JsonNode lines;
        do {
            JsonNode page = server.get("/api/runs/" + id + "/logs?after=" + next);
            lines = page.path("lines");
            lines.forEach(line -> out.println(line.path("at").asText().substring(11, 19) + "  "
                    + line.path("level").asText() + "  " + line.path("text").asText()));
            next = page.path("next").asLong(next);
        } while (!lines.isEmpty());
        return next;
    }
}
