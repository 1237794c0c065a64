package io.dagshell.installer.command;

import io.dagshell.installer.ExitCode;
import io.dagshell.installer.kernelspec.Rehearsal;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dagshell rehearse}, which {@code install} calls to make the class-data archive. */
@Command(name = "rehearse", description = "Runs a session as Jupyter would, for the archive.", hidden = true)
final class RehearseCommand extends Leaf {

    @Override
    int run(PrintWriter out) throws Exception {
        // loaded only: it would end this process as it ends a kernel's
        Class.forName(KernelStart.class.getName());
        Rehearsal.run();
        return ExitCode.DONE.number();
    }
}
