package io.dagshell.installer.kernelspec;

import io.dagshell.installer.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The class-data archive that makes the kernel start in a fraction of the time: written by the Java that will use it,
 * at the end of a rehearsed session. It is bound to that Java and to the jars as they lie; without it the kernel works
 * the same, later.
 */
final class StartArchive {
    private static final int PATIENCE_SECONDS = 90;

    private StartArchive() {}

    static Path file(Distribution copy) {
        return copy.root().resolve("kernel.jsa");
    }

    /** Makes the archive; false if it could not be made. */
    static boolean make(Jdk jdk, Distribution copy) throws IOException {
        Path archive = file(copy);
        Files.deleteIfExists(archive);
        List<String> command = List.of(
                jdk.java().toString(),
                "@" + copy.root().resolve("kernel.flags"),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-jar",
                copy.main().toString(),
                "rehearse");
        Path log = copy.root().resolve("kernel-archive.log");
        Path home = Files.createTempDirectory("rehearsal-home-");
        try {
            boolean done = rehearse(command, home, log) && Files.exists(archive);
            if (!done) {
                Files.deleteIfExists(archive);
            }
            return done;
        } finally {
            InstalledCopy.delete(home);
        }
    }

    /** Runs it in a home of its own, so that nothing of it stays. */
    private static boolean rehearse(List<String> command, Path home, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DAGSHELL_HOME", home.toString());
        Process rehearsal = builder.start();
        rehearsal.getOutputStream().close();
        try {
            if (!rehearsal.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                rehearsal.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            rehearsal.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return !rehearsal.isAlive() && rehearsal.exitValue() == 0;
    }
}
