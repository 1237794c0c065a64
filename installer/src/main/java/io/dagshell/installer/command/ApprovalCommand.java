package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell approval ls | approve | reject}. */
@Command(
        name = "approval",
        description = "Answers what flows ask before they go on.",
        mixinStandardHelpOptions = true,
        subcommands = {ApprovalCommand.Ls.class, ApprovalCommand.Approve.class, ApprovalCommand.Reject.class})
final class ApprovalCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static ObjectNode answer(Optional<String> place) {
        ObjectNode body = JSON.createObjectNode().put("by", System.getProperty("user.name", "someone"));
        place.ifPresent(text -> body.put("place", text));
        return body;
    }

    /** Fields of the answer with what they hold: {@code table=trips chunk=}. */
    private static String fields(JsonNode schema) {
        StringJoiner fields = new StringJoiner(" ");
        schema.path("properties")
                .properties()
                .forEach(each -> fields.add(
                        each.getKey() + "=" + each.getValue().path("default").asText("")));
        return fields.toString();
    }

    /** {@code approval ls}. */
    @Command(name = "ls", description = "Lists what waits for an answer.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode all = server().get("/api/approvals").path("approvals");
            if (all.isEmpty()) {
                out.println("Nothing waits for an approval.");
                return ExitCode.DONE.number();
            }
            TextTable table = new TextTable("run", "deployment", "question", "fields", "asked", "until");
            for (JsonNode each : all) {
                table.row(
                        each.path("run").asText(),
                        each.path("deployment").asText(),
                        each.path("question").asText(),
                        fields(each.path("schema")),
                        each.path("asked").asText().replaceFirst("\\.\\d+", ""),
                        each.path("until").asText("").replaceFirst("\\.\\d+", ""));
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code approval approve RUN}. */
    @Command(name = "approve", description = "Approves what a run asks; it goes on.", mixinStandardHelpOptions = true)
    static final class Approve extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id.")
        private String id = "";

        @Option(
                names = {"-p", "--param"},
                paramLabel = "name=value",
                description = "A field of the answer; what is left out is as the flow suggests.")
        private List<String> fields = List.of();

        @Option(names = "--place", paramLabel = "PLACE", description = "Which question, if the run asks several.")
        private Optional<String> place = Optional.empty();

        @Override
        int run(PrintWriter out) throws Exception {
            ObjectNode body = answer(place);
            Assignment.map(fields).forEach(body.putObject("texts")::put);
            server().post("/api/runs/" + ApiClient.segment(id) + "/approve", body);
            out.println("Approved. Watch it: dagshell deployment watch " + id);
            return ExitCode.DONE.number();
        }
    }

    /** {@code approval reject RUN}. */
    @Command(name = "reject", description = "Rejects what a run asks; its flow fails.", mixinStandardHelpOptions = true)
    static final class Reject extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id.")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is told with the failure.")
        private String reason = "";

        @Option(names = "--place", paramLabel = "PLACE", description = "Which question, if the run asks several.")
        private Optional<String> place = Optional.empty();

        @Override
        int run(PrintWriter out) throws Exception {
            server().post(
                            "/api/runs/" + ApiClient.segment(id) + "/reject",
                            answer(place).put("reason", reason));
            out.println("Rejected.");
            return ExitCode.DONE.number();
        }
    }
}
