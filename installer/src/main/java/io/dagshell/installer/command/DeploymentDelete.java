package io.dagshell.installer.command;

import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment delete NAME}. */
@Command(
        name = "delete",
        aliases = "rm",
        description = "Deletes a deployment with its versions and schedules; runs that are over stay.",
        footer = "Runs that wait are cancelled. Refused while a run of it is under way.",
        mixinStandardHelpOptions = true)
final class DeploymentDelete extends Leaf {
    @Parameters(paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    int run(PrintWriter out) throws Exception {
        ApiClient server = DeploymentServer.ofEnvironment().client();
        int schedules =
                server.get(DeploymentServer.path(name)).path("schedules").size();
        if (!yes) {
            out.print("Delete deployment \"" + name + "\", its versions and "
                    + (schedules == 1 ? "1 schedule" : schedules + " schedules") + "? [y/N] ");
            out.flush();
            if (!Set.of("y", "yes").contains(StandardInput.line().toLowerCase(Locale.ROOT))) {
                out.println();
                throw CommandProblem.badInput("Deployment \"" + name + "\" stays: answer y, or say --yes.");
            }
        }
        server.delete(DeploymentServer.path(name));
        out.println("Deployment \"" + name + "\" is deleted; its runs stay in the history.");
        return ExitCode.DONE.number();
    }
}
