package io.dagshell.installer.kernel;

import java.util.concurrent.TimeUnit;

/** Ends the process when its orderly end takes too long: user code may hang in a shutdown hook or a driver's close. */
public final class LastResort {
    private static final long PATIENCE_MILLIS = 1_500;

    private LastResort() {}

    /** From now on the process has a second and a half. */
    public static void arm() {
        Thread thread = new Thread(LastResort::halt, "last resort");
        thread.setDaemon(true);
        thread.start();
    }

    private static void halt() {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
