package io.dagshell.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, a request to end the process (Ctrl-C, SIGTERM) cancels the run and waits until its record is written, so
 * that no run stays Running for ever. Thread-safe.
 */
final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private final CountDownLatch ended = new CountDownLatch(1);

    StopSignal(Runnable cancel) {
        Thread hook = new Thread(
                () -> {
                    if (ended.getCount() > 0) {
                        cancel.run();
                        await();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The run did not stop within " + PATIENCE_SECONDS + " s; its record may be open.");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run ended and its record is written. */
    @Override
    public void close() {
        // The hook stays: while the process is ending it could not be taken back.
        ended.countDown();
    }
}
