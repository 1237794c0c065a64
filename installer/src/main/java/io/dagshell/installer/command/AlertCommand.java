package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell alert ls | set | test | rm}. */
@Command(
        name = "alert",
        description = "Tells people when runs fail, are late or take too long.",
        mixinStandardHelpOptions = true,
        subcommands = {AlertCommand.Ls.class, AlertCommand.Set.class, AlertCommand.Test.class, AlertCommand.Rm.class})
final class AlertCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws java.io.IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static String path(String alert) {
        return "/api/alerts/" + ApiClient.segment(alert);
    }

    private static String joined(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(each -> all.add(each.asText()));
        return String.join(", ", all);
    }

    /** {@code alert ls}. */
    @Command(name = "ls", description = "Lists the alerts, and what was told last.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode alerts = server().get("/api/alerts").path("alerts");
            if (alerts.isEmpty()) {
                out.println(
                        "Nobody is told of anything yet: dagshell alert set NAME --on failed,crashed --block BLOCK");
                return ExitCode.DONE.number();
            }
            TextTable table = new TextTable("name", "tells of", "deployment", "through", "to", "");
            for (JsonNode alert : alerts) {
                table.row(
                        alert.path("name").asText(),
                        joined(alert.path("on")),
                        alert.path("deployment").asText("all"),
                        alert.path("block").asText(),
                        joined(alert.path("to")),
                        alert.path("active").asBoolean() ? "" : "off");
            }
            table.print(out);
            JsonNode messages = server().get("/api/alert-messages").path("messages");
            if (!messages.isEmpty()) {
                out.println();
                TextTable told = new TextTable("told", "deployment", "of", "message", "");
                for (JsonNode message : messages) {
                    told.row(
                            message.path("created").asText(),
                            message.path("deployment").asText(),
                            message.path("on").asText(),
                            message.path("state").asText(),
                            message.path("problem").asText(""));
                }
                told.print(out);
            }
            return ExitCode.DONE.number();
        }
    }

    /** {@code alert set NAME --on … --block …}. */
    @Command(
            name = "set",
            description = "Makes an alert, or changes the one of that name.",
            mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(
                names = "--on",
                required = true,
                split = ",",
                paramLabel = "KIND",
                description = "failed, crashed, cancelled, completed, late, slow or silent; several with commas.")
        private List<String> kinds = List.of();

        @Option(
                names = "--block",
                required = true,
                paramLabel = "BLOCK",
                description = "Through which it is sent: a block of type smtp or webhook.")
        private String block = "";

        @Option(names = "--to", split = ",", paramLabel = "ADDRESS", description = "Who gets the mail.")
        private List<String> recipients = List.of();

        @Option(names = "--deployment", paramLabel = "NAME", description = "Of one deployment only (default: all).")
        private Optional<String> deployment = Optional.empty();

        @Option(
                names = "--after",
                paramLabel = "TIME",
                description = "For slow and silent: how long a run may take, or a deployment be without a good one.")
        private Optional<String> after = Optional.empty();

        @Option(
                names = "--quiet",
                paramLabel = "TIME",
                defaultValue = "10min",
                description = "For so long after a message, others of its kind and deployment are only counted"
                        + " (default: ${DEFAULT-VALUE}; 0s sends each).")
        private String quiet = "";

        @Override
        int run(PrintWriter out) throws Exception {
            ObjectNode body = JSON.createObjectNode().put("block", block);
            kinds.forEach(body.putArray("on")::add);
            recipients.forEach(body.putArray("to")::add);
            deployment.ifPresent(of -> body.put("deployment", of));
            after.ifPresent(
                    time -> body.put("after", Times.parse("--after", time).toString()));
            body.put("quiet", Times.parse("--quiet", quiet).toString());
            server().put(path(name), body);
            out.println("Alert \"" + name + "\" tells of " + String.join(", ", kinds) + " from now on.");
            out.println("Try it: dagshell alert test \"" + name + "\"");
            return ExitCode.DONE.number();
        }
    }

    /** {@code alert test NAME}. */
    @Command(name = "test", description = "Sends a test message.", mixinStandardHelpOptions = true)
    static final class Test extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode result = server().post(path(name) + "/test", JSON.createObjectNode());
            out.println(result.path("message").asText());
            return (result.path("works").asBoolean() ? ExitCode.DONE : ExitCode.UNREACHABLE).number();
        }
    }

    /** {@code alert rm NAME}. */
    @Command(name = "rm", description = "Removes an alert.", mixinStandardHelpOptions = true)
    static final class Rm extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            server().delete(path(name));
            out.println("Alert \"" + name + "\" is removed.");
            return ExitCode.DONE.number();
        }
    }
}
