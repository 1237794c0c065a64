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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment set NAME -p name=value --limit N}. */
@Command(
        name = "set",
        description = "Makes a version of a deployment with other parameters or another limit.",
        footer = "What is not named stays. The version before stays too: dagshell deployment rollback.",
        mixinStandardHelpOptions = true)
final class DeploymentSet extends Leaf {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Option(
            names = {"-p", "--param"},
            paramLabel = "name=value",
            description = "A value that runs start with.")
    private List<String> parameters = List.of();

    @Option(names = "--unset", paramLabel = "name", description = "A parameter that gets the flow's default again.")
    private List<String> unset = List.of();

    @Option(names = "--limit", paramLabel = "N|none", description = "How many runs may go on at once.")
    private Optional<String> limit = Optional.empty();

    @Option(
            names = "--pause-after",
            paramLabel = "N|none",
            description = "Pauses its schedules when N scheduled runs in a row have failed.")
    private Optional<String> failures = Optional.empty();

    @Option(names = "--retries", paramLabel = "N|header", description = "How often a run is tried again.")
    private Optional<String> retries = Optional.empty();

    @Option(
            names = "--retry-delay",
            paramLabel = "TIME|header",
            description = "How long that waits: 10s, or 1s,10s,1m, or 1s..5m.")
    private Optional<String> retryDelay = Optional.empty();

    @Option(
            names = "--retry-when",
            paramLabel = "END,…|usual",
            description = "After which ends: crashed, failed, resource, user, system.")
    private Optional<String> retryWhen = Optional.empty();

    @Override
    int run(PrintWriter out) throws Exception {
        ObjectNode change = change();
        DeploymentServer server = DeploymentServer.ofEnvironment();
        JsonNode before = server.client().get(DeploymentServer.path(name));
        change.set("version", before.path("version"));
        JsonNode now = server.client().patch(DeploymentServer.path(name), change);
        String version = DeploymentServer.shortVersion(now);
        out.println(
                now.path("version").equals(before.path("version"))
                        ? "Nothing differs: deployment \"" + name + "\" stays version " + version + "."
                        : "Deployment \"" + name + "\" is version " + version + " now: parameters "
                                + now.path("parameters") + ", runs at once "
                                + now.path("concurrency").asText("no limit"));
        return ExitCode.DONE.number();
    }

    private ObjectNode change() {
        boolean ofRetries = retries.isPresent() || retryDelay.isPresent() || retryWhen.isPresent();
        if (parameters.isEmpty() && unset.isEmpty() && limit.isEmpty() && failures.isEmpty() && !ofRetries) {
            throw CommandProblem.badInput("Say what to change: -p name=value, --unset name, --limit N or none,"
                    + " --pause-after N or none, --retries N, --retry-delay TIME, --retry-when END,….");
        }
        ObjectNode change = JSON.createObjectNode();
        ObjectNode texts = change.putObject("texts");
        Assignment.map(parameters).forEach(texts::put);
        ObjectNode values = change.putObject("parameters");
        unset.forEach(values::putNull);
        limit.ifPresent(text -> put(change, "concurrency", "--limit", text));
        failures.ifPresent(text -> put(change, "pauseAfterFailures", "--pause-after", text));
        retries.ifPresent(text -> {
            if (!text.equals("header") && !text.matches("\\d{1,4}")) {
                throw CommandProblem.badInput(
                        "--retries is a whole number, or header for what the flow says, not '" + text + "'.");
            }
            change.set(
                    "retries", text.equals("header") ? change.nullNode() : change.numberNode(Integer.parseInt(text)));
        });
        retryDelay.ifPresent(
                text -> change.set("retryDelays", text.equals("header") ? change.nullNode() : change.textNode(text)));
        retryWhen.ifPresent(text -> {
            if (text.equals("usual")) {
                change.putNull("retryWhen");
                return;
            }
            for (String end : text.split(",")) {
                change.withArray("retryWhen").add(end.strip());
            }
        });
        return change;
    }

    private static void put(ObjectNode change, String field, String option, String text) {
        if (text.equals("none")) {
            change.putNull(field);
        } else if (text.matches("[1-9]\\d{0,5}")) {
            change.put(field, Integer.parseInt(text));
        } else {
            throw CommandProblem.badInput(option + " is a whole number from 1 to 999999, or none, not '" + text + "'.");
        }
    }
}
