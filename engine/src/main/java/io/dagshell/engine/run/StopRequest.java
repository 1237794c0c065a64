package io.dagshell.engine.run;

import org.jspecify.annotations.Nullable;

/** Arms the stop checks when a stop button is pressed, until the work it belongs to has ended. Guarded by itself. */
final class StopRequest implements AutoCloseable {
    private final StopChecks checks;
    private final Cancellation.Registration registration;
    private StopChecks.@Nullable Armed armed;
    private boolean over;

    @SuppressWarnings("this-escape") // the button may be pressed already
    StopRequest(StopChecks checks, CallCancellation button) {
        this.checks = checks;
        this.registration = button.onCancel(this::arm);
    }

    private synchronized void arm() {
        if (!over && armed == null) {
            armed = checks.arm(new Check());
        }
    }

    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            over = true;
            if (armed != null) {
                armed.close();
            }
        }
    }

    /** A class, not a method reference: each is told from the others when it is taken back. */
    private static final class Check implements Runnable {
        @Override
        public void run() {
            Ambient here = Ambient.get();
            if (here != null && here.scope().cancellation().isCancelled()) {
                throw new StoppedError(here.scope().cancellation().reason());
            }
        }
    }
}
