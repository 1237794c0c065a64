package io.dagshell.installer.command;

import io.dagshell.installer.Distribution;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.kernel.KernelProcess;
import io.dagshell.installer.kernel.LastResort;
import io.dagshell.installer.kernelspec.ArchiveRenewal;
import io.dagshell.installer.kernelspec.Rehearsal;
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

    /** Makes the archives of this copy for a JDK that was updated; the exit code, never throws. */
    public static int rearchive(PrintWriter err) {
        try {
            return (ArchiveRenewal.run(Distribution.running()) ? ExitCode.DONE : ExitCode.FLOW_FAILED).number();
        } catch (Exception failure) {
            return Failures.tell(failure, err);
        }
    }

    /**
     * Runs a session as Jupyter would, for the archive of the kernel's classes; the exit code, never throws. Without the
     * command line too: a class in the archive that waits for one outside it makes the start open every jar.
     */
    public static int rehearse(PrintWriter err) {
        try {
            // loaded only: it would end this process as it ends a kernel's
            Class.forName(LastResort.class.getName());
            Rehearsal.run();
            return ExitCode.DONE.number();
        } catch (Exception failure) {
            return Failures.tell(failure, err);
        }
    }
}
