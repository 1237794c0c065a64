package io.dagshell.installer.command;

import io.dagshell.engine.deploy.FlowDifference;
import io.dagshell.engine.deploy.FlowDifference.Exported;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment diff FOLDER NAME}. */
@Command(
        name = "diff",
        description = "Says per task what differs between a folder and what the server runs.",
        footer = "Exit code 1 if something differs. An edit of a comment is no difference.",
        mixinStandardHelpOptions = true)
final class DeploymentDiff extends Leaf {
    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "What deployment build wrote.")
    private Path folder = Path.of("");

    @Option(names = "--quiet", description = "Say only what differs.")
    private boolean quiet;

    @Override
    int run(PrintWriter out) throws Exception {
        FlowDifference difference =
                FlowDifference.between(DeploymentServer.ofEnvironment().deployed(name), local());
        difference.lines().stream()
                .filter(line -> !quiet || !line.endsWith(" same"))
                .forEach(out::println);
        return difference.isSame() ? ExitCode.DONE.number() : ExitCode.FLOW_FAILED.number();
    }

    private Exported local() throws IOException {
        Path place = CallerFolder.resolve(folder);
        for (String file : List.of(FolderFiles.MANIFEST, FolderFiles.LOCK)) {
            if (!Files.isRegularFile(place.resolve(file))) {
                throw CommandProblem.badInput(
                        "There is no " + file + " in " + folder + ": dagshell deployment build writes it.");
            }
        }
        return DeploymentServer.exported(
                Files.readAllBytes(place.resolve(FolderFiles.MANIFEST)),
                Files.readAllBytes(place.resolve(FolderFiles.LOCK)));
    }
}
