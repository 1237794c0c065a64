package io.dagshell.engine.run;

/** What the engine does when a thread of its is interrupted while it waits. Stateless. */
final class Interruptions {
    private Interruptions() {}

    /** The exception for a wait that was cut short: by cancel, or by an interrupt from outside, which is kept. */
    static StoppedException stopped(CallCancellation cancellation, InterruptedException interrupted) {
        if (!cancellation.isCancelled()) {
            Thread.currentThread().interrupt();
        }
        return new StoppedException(cancellation.isCancelled() ? cancellation.reason() : "interrupted", interrupted);
    }

    /** Waits to the end; an interrupt meanwhile asks the others to stop and is delivered after. */
    static void holdingBack(Wait wait, Runnable stopOthers) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.await();
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                    stopOthers.run();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Something that blocks. */
    @FunctionalInterface
    interface Wait {
        void await() throws InterruptedException;
    }
}
