package io.dagshell.server.agent;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A process that goes on making others while it is told to end, as an agent does that has a run to start. */
final class SignalledAgent {
    private static final long SECONDS = 3;

    private SignalledAgent() {}

    public static void main(String[] none) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(SignalledAgent::last));
        System.out.println("up");
        int made = 0;
        int failed = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            try {
                ChildProcess.spawn(new ProcessBuilder("setsid", "true")::start).waitFor();
                made++;
            } catch (IOException ended) {
                failed++;
            }
        }
        System.out.println(made > 0 ? failed + " failed" : "none was made");
        Runtime.getRuntime().halt(0);
    }

    private static void last() {
        try {
            TimeUnit.SECONDS.sleep(10 * SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
