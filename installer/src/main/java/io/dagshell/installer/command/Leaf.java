package io.dagshell.installer.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something, writes what it did, and answers an exit code. */
abstract class Leaf implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Does it; what it throws is told by {@link Failures}. */
    abstract int run(PrintWriter out) throws Exception;

    @Override
    public final Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        int code = run(out);
        out.flush();
        return code;
    }
}
