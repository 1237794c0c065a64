package io.dagshell.installer.command;

import io.dagshell.installer.kernelspec.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dagshell rehearse}: what {@code install} runs to make the kernel's class-data archive. */
@Command(name = "rehearse", description = "A short session of the kernel with itself.", hidden = true)
final class RehearseCommand extends Leaf {

    @Override
    int run(PrintWriter out) throws IOException {
        return Rehearsal.play();
    }
}
