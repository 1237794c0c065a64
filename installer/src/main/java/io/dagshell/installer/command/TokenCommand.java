package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dagshell token create | ls | revoke}. */
@Command(
        name = "token",
        description = "Keeps tokens that let programs in, each with a role.",
        footer = "A program shows its token in DAGSHELL_API_TOKEN, or in the header Authorization: Bearer TOKEN.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommand.Create.class, TokenCommand.Ls.class, TokenCommand.Revoke.class})
final class TokenCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    /** {@code token create --name NAME --role ROLE}. */
    @Command(
            name = "create",
            description = "Makes a token and prints it: this once, and alone on standard output.",
            mixinStandardHelpOptions = true)
    static final class Create extends Leaf {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "What the audit log calls it.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "viewer, operator, admin, or agent for dagshell agent start.")
        private String role = "";

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "Lets nobody in after so long, such as 12h or 90d (default: never).")
        private Optional<String> expires = Optional.empty();

        @Spec
        private CommandSpec command;

        @Override
        int run(PrintWriter out) throws Exception {
            ObjectNode body = JSON.createObjectNode().put("name", name).put("role", role);
            expires.ifPresent(
                    time -> body.put("expiresIn", Times.parse("--expires", time).toString()));
            JsonNode made = server().post("/api/tokens", body);
            JsonNode about = made.path("about");
            out.println(made.path("token").asText());
            command.commandLine()
                    .getErr()
                    .println("Token " + about.path("name").asText() + " has the role "
                            + about.path("role").asText()
                            + (about.has("expires")
                                    ? " until " + about.path("expires").asText()
                                    : " and does not expire")
                            + ". It is shown this once.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code token ls}. */
    @Command(name = "ls", description = "Lists them; of none the token itself.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode tokens = server().get("/api/tokens").path("tokens");
            if (tokens.isEmpty()) {
                out.println("No program has a token of its own: dagshell token create --name NAME --role ROLE");
            }
            TextTable table = new TextTable("name", "role", "state", "made by", "expires", "last used");
            for (JsonNode token : tokens) {
                table.row(
                        token.path("name").asText(),
                        token.path("role").asText(),
                        token.path("state").asText(),
                        token.path("createdBy").asText(),
                        token.path("expires").asText("never"),
                        token.path("lastUsed").asText("never"));
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code token revoke NAME}. */
    @Command(
            name = "revoke",
            description = "Takes a token back: from now on it lets nobody in.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            server().delete("/api/tokens/" + ApiClient.segment(name));
            out.println("Token " + name + " is revoked.");
            return ExitCode.DONE.number();
        }
    }
}
