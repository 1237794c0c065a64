package io.dagshell.installer.command;

import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.compose.KernelProcess;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dagshell kernel CONNECTION_FILE}, which Jupyter calls. */
@Command(name = "kernel", description = "The kernel, started by Jupyter.", mixinStandardHelpOptions = true)
final class KernelCommand extends Leaf {

    @Parameters(paramLabel = "CONNECTION_FILE")
    private Optional<Path> connection = Optional.empty();

    @Override
    int run(PrintWriter out) {
        Path file = connection.orElseThrow();
        if (!Files.isRegularFile(file)) {
            throw CommandProblem.badInput("There is no connection file " + file + "; Jupyter makes one.");
        }
        return KernelProcess.run(file);
    }
}
