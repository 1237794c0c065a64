package io.dagshell.engine.run;

/**
 * Tells running work to stop. Blocks register what must happen at once (cancel a statement, close a socket); loops ask
 * {@link #isCancelled}. Thread-safe; listeners run on
 * the cancelling thread, or on that of the work where it ends first, off any lock, each at most once.
 */
public interface Cancellation {

    boolean isCancelled();

    /** Runs {@code action} when cancelled, at once if it is already; closing the registration takes it back. */
    Registration onCancel(Runnable action);

    /** Throws {@link java.util.concurrent.CancellationException} if cancelled. */
    default void check() {
        if (isCancelled()) {
            throw new java.util.concurrent.CancellationException("cancelled");
        }
    }

    /** A listener that can be taken back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
