package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell user add | ls | set | password | disable | enable | delete}. */
@Command(
        name = "user",
        description = "Keeps the people who may log in to a server, each with a role.",
        footer = "Without users, whoever has the server's token may do everything. The first user is an admin.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UserCommand.Add.class,
            UserCommand.Ls.class,
            UserCommand.Set.class,
            UserCommand.Password.class,
            UserCommand.Disable.class,
            UserCommand.Enable.class,
            UserCommand.Delete.class
        })
final class UserCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLES = "viewer, operator or admin.";

    private static ApiClient server() throws IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static String path(String user) {
        return "/api/users/" + ApiClient.segment(user);
    }

    private static JsonNode change(String user, ObjectNode body) throws IOException {
        return server().patch(path(user), body);
    }

    /** {@code user add NAME --role ROLE}. */
    @Command(name = "add", description = "Adds one.", mixinStandardHelpOptions = true)
    static final class Add extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES)
        private String role = "";

        @Mixin
        private SecretInput password = new SecretInput();

        @Override
        int run(PrintWriter out) throws Exception {
            ObjectNode body = JSON.createObjectNode().put("name", name).put("role", role);
            ApiClient server = server();
            JsonNode added = server.post("/api/users", body.put("password", password.read(name)));
            out.println("User " + added.path("name").asText() + " may log in at " + server.url() + " as "
                    + added.path("role").asText() + ".");
            return ExitCode.DONE.number();
        }
    }

    /** {@code user ls}. */
    @Command(name = "ls", description = "Lists them.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode users = server().get("/api/users").path("users");
            if (users.isEmpty()) {
                out.println("There are no users, and whoever has the server's token may do everything:"
                        + " dagshell user add NAME --role admin");
            }
            TextTable table = new TextTable("name", "role", "last login", "");
            for (JsonNode user : users) {
                table.row(
                        user.path("name").asText(),
                        user.path("role").asText(),
                        user.path("lastLogin").asText("never"),
                        user.path("active").asBoolean() ? "" : "disabled");
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code user set NAME --role ROLE}. */
    @Command(name = "set", description = "Gives another role.", mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES)
        private String role = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode user = change(name, JSON.createObjectNode().put("role", role));
            out.println("User " + user.path("name").asText() + " has the role "
                    + user.path("role").asText() + " from now on.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code user password NAME}. */
    @Command(
            name = "password",
            description = "Sets a new password, which ends all sessions of that user.",
            mixinStandardHelpOptions = true)
    static final class Password extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Mixin
        private SecretInput password = new SecretInput();

        @Override
        int run(PrintWriter out) throws Exception {
            server().put(path(name) + "/password", JSON.createObjectNode().put("password", password.read(name)));
            out.println("User " + name + " has a new password, and no session any more.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code user disable NAME}. */
    @Command(
            name = "disable",
            description = "Lets one log in no longer, and ends their sessions at once.",
            mixinStandardHelpOptions = true)
    static final class Disable extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            change(name, JSON.createObjectNode().put("active", false));
            out.println("User " + name + " is disabled.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code user enable NAME}. */
    @Command(name = "enable", description = "Lets one log in again.", mixinStandardHelpOptions = true)
    static final class Enable extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            change(name, JSON.createObjectNode().put("active", true));
            out.println("User " + name + " may log in.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code user delete NAME}. */
    @Command(
            name = "delete",
            description = "Deletes one; what they did stays in the audit log.",
            mixinStandardHelpOptions = true)
    static final class Delete extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            server().delete(path(name));
            out.println("User " + name + " is deleted.");
            return ExitCode.DONE.number();
        }
    }
}
