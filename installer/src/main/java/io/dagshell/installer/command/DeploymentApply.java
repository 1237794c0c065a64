package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment apply FOLDER}. */
@Command(
        name = "apply",
        description = "Sends a deployment folder to the server, which checks and schedules it.",
        mixinStandardHelpOptions = true)
final class DeploymentApply extends Leaf {
    @Parameters(paramLabel = "FOLDER", description = "What deployment build wrote.")
    private Path folder = Path.of("");

    @Option(names = "--replace", description = "Replace a deployment of that name even if it is of another flow.")
    private boolean replace;

    @Override
    int run(PrintWriter out) throws Exception {
        JsonNode applied = DeploymentServer.ofEnvironment().apply(CallerFolder.resolve(folder), replace);
        String name = applied.path("name").asText();
        out.println("Deployment \"" + name + "\" is applied: version "
                + DeploymentServer.shortVersion(applied) + " of flow "
                + applied.path("flow").asText() + " on JDK "
                + applied.path("jdk").asInt() + ", work queue "
                + applied.path("queue").asText());
        if (applied.path("paused").asBoolean()) {
            out.println("Its schedules are " + DeploymentAdmin.paused(applied)
                    + ". Let them go on: dagshell deployment resume \"" + name + "\"");
        }
        out.println("Run it: dagshell deployment run \"" + name + "\" --watch");
        return ExitCode.DONE.number();
    }
}
