package io.dagshell.installer;

import io.dagshell.installer.command.DagshellCommand;
import io.dagshell.installer.command.KernelStart;
import io.dagshell.runner.ProcessSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts the command line and ends the process with its exit code; nothing else in this room does. */
public final class Main {

    private Main() {}

    /** The {@code dagshell} command. */
    public static void main(String[] arguments) {
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        ProcessSettings.apply("UTC", System.getenv());
        int code = run(arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /** A person waits for the kernel's start: it does without the parsing of a command line, and so does its rehearsal. */
    private static int run(String[] arguments) {
        PrintWriter err = new PrintWriter(System.err, true);
        if (arguments.length == 2 && arguments[0].equals("kernel")) {
            return KernelStart.run(Path.of(arguments[1]), err);
        }
        if (arguments.length == 1 && arguments[0].equals("rehearse")) {
            return KernelStart.rehearse(err);
        }
        if (arguments.length == 1 && arguments[0].equals("rearchive")) {
            return KernelStart.rearchive(err);
        }
        return DagshellCommand.run(new PrintWriter(System.out, true), err, arguments);
    }

    /** A terminal's locale may say ASCII; what we print is UTF-8 everywhere. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
