package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dagshell limit ls | set | rm}. */
@Command(
        name = "limit",
        description = "Limits how many runs with a tag go on at once, over all deployments.",
        footer = "A run has the tags of its deployment: tags: [warehouse] in deployment.yaml.",
        mixinStandardHelpOptions = true,
        subcommands = {LimitCommand.Ls.class, LimitCommand.Set.class, LimitCommand.Rm.class})
final class LimitCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws java.io.IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static String path(String tag) {
        return "/api/limits/" + ApiClient.segment(tag);
    }

    static int number(String option, String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw CommandProblem.badInput(option + " is a whole number from 1 to 999999, not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    private static void print(JsonNode limits, PrintWriter out) {
        TextTable table = new TextTable("tag", "limit", "running", "waiting", "deployments");
        for (JsonNode each : limits) {
            List<String> names = new ArrayList<>();
            each.path("deployments").forEach(name -> names.add(name.asText()));
            table.row(
                    each.path("tag").asText(),
                    each.path("concurrency").asText(),
                    each.path("active").asText(),
                    each.path("waiting").asText(),
                    names.isEmpty() ? "none has it" : String.join(", ", names));
        }
        table.print(out);
    }

    /** {@code limit ls}. */
    @Command(name = "ls", description = "Lists the limits of tags.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode limits = server().get("/api/limits").path("limits");
            if (limits.isEmpty()) {
                out.println("No tag is limited: dagshell limit set TAG N");
            }
            print(limits, out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code limit set TAG N}. */
    @Command(name = "set", description = "Sets the limit of a tag.", mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(index = "0", paramLabel = "TAG")
        private String tag = "";

        @Parameters(index = "1", paramLabel = "N", description = "How many runs with it may go on at once.")
        private String limit = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode now = server().put(path(tag), JSON.createObjectNode().put("concurrency", number("N", limit)));
            print(now.path("limits"), out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code limit rm TAG}. */
    @Command(name = "rm", description = "Removes the limit of a tag.", mixinStandardHelpOptions = true)
    static final class Rm extends Leaf {
        @Parameters(paramLabel = "TAG")
        private String tag = "";

        @Override
        int run(PrintWriter out) throws Exception {
            server().delete(path(tag));
            out.println("The tag " + tag + " is not limited any more.");
            return ExitCode.DONE.number();
        }
    }
}
