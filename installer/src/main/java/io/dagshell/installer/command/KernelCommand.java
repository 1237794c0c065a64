package io.dagshell.installer.command;

import io.dagshell.installer.kernel.KernelProcess;
import io.dagshell.installer.kernel.LastResort;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dagshell kernel CONNECTION_FILE}, which Jupyter calls. */
@Command(name = "kernel", description = "Serves Jupyter as its kernel spec says.", hidden = true)
final class KernelCommand extends Leaf {

    @Parameters(paramLabel = "CONNECTION_FILE")
    private Path connectionFile = Path.of("");

    @Override
    int run(PrintWriter out) throws Exception {
        return KernelProcess.run(connectionFile, LastResort::arm);
    }
}
