package io.dagshell.runner;

import io.dagshell.engine.run.OutputTee;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The process's output: what a task prints reaches the terminal at once and the task's log.
 *
 * @param tee through which the engine listens
 */
public record RunStreams(PrintStream out, PrintStream err, OutputTee tee) {
    /** Of what a child prints outside of tasks, in bytes each of its streams. */
    private static final long KEPT = 16L << 20;

    /** Takes over {@link System#out} and {@link System#err}, in UTF-8, for the rest of the process. */
    public static RunStreams ofProcess() {
        return of(
                new ThreadTee(true),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    /** The same, but what tasks print goes to their logs only: the process's output has what belongs to no task. */
    static RunStreams ofChild() {
        return of(
                new ThreadTee(false),
                new LimitedOutput(new FileOutputStream(FileDescriptor.out), KEPT),
                new LimitedOutput(new FileOutputStream(FileDescriptor.err), KEPT));
    }

    private static RunStreams of(ThreadTee tee, OutputStream toOut, OutputStream toErr) {
        PrintStream out = tee.stream(toOut, false);
        PrintStream err = tee.stream(toErr, true);
        System.setOut(out);
        System.setErr(err);
        return new RunStreams(out, err, tee);
    }
}
