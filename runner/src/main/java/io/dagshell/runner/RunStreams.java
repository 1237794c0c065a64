package io.dagshell.runner;

import io.dagshell.engine.run.OutputTee;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * The process's output: what a task prints reaches the terminal at once and the task's log.
 *
 * @param tee through which the engine listens
 */
public record RunStreams(PrintStream out, PrintStream err, OutputTee tee) {

    /** Takes over {@link System#out} and {@link System#err}, in UTF-8, for the rest of the process. */
    public static RunStreams ofProcess() {
        return ofProcess(new ThreadTee(true));
    }

    /** The same, but what tasks print goes to their logs only: the process's output has what belongs to no task. */
    static RunStreams ofChild() {
        return ofProcess(new ThreadTee(false));
    }

    private static RunStreams ofProcess(ThreadTee tee) {
        PrintStream out = tee.stream(new FileOutputStream(FileDescriptor.out), false);
        PrintStream err = tee.stream(new FileOutputStream(FileDescriptor.err), true);
        System.setOut(out);
        System.setErr(err);
        return new RunStreams(out, err, tee);
    }
}
