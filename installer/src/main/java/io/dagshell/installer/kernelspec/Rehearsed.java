package io.dagshell.installer.kernelspec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is run once so that what it loaded can be archived; one that does not end is ended. */
final class Rehearsed {
    private static final int PATIENCE_SECONDS = 180;

    private Rehearsed() {}

    /** Whether it ended well; what it said is in {@code log}. */
    static boolean run(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
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
