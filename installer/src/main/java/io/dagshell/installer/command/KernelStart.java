package io.dagshell.installer.command;

import io.dagshell.installer.kernel.KernelProcess;
import io.dagshell.installer.kernel.LastResort;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The kernel without the command line around it. */
public final class KernelStart {

    private KernelStart() {}

    /** Serves until the kernel ends; the exit code, never throws. */
    public static int run(Path connectionFile, PrintWriter err) {
        try {
            return KernelProcess.run(connectionFile, LastResort::arm);
        } catch (Exception failure) {
            return Failures.tell(failure, err);
        }
    }
}
