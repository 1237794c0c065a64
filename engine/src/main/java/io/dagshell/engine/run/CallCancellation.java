package io.dagshell.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stop button of a cell, run, call or attempt. Pressing it presses those below. Guarded by itself; listeners run on
 * the cancelling thread, or on that of the work where it ends first, off the lock.
 */
final class CallCancellation implements Cancellation, AutoCloseable {

    private final @Nullable CallCancellation above;
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final List<InterruptGate> threads = new ArrayList<>(1);
    private Registration registration = () -> {};
    private volatile @Nullable String reason;

    private CallCancellation(@Nullable CallCancellation above) {
        this.above = above;
    }

    static CallCancellation root() {
        return new CallCancellation(null);
    }

    /** One that is cancelled with this one; close it when its work is over. */
    CallCancellation below() {
        CallCancellation child = new CallCancellation(this);
        child.registration = onCancel(() -> child.cancel(reason()));
        return child;
    }

    /** Takes effect once; later reasons are dropped. */
    void cancel(String why) {
        List<Listener> informed;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            threads.forEach(InterruptGate::interrupt);
            informed = List.copyOf(listeners);
            listeners.clear();
        }
        informed.forEach(CallCancellation::inform);
    }

    private static void inform(Listener listener) {
        try {
            listener.action.run();
        } catch (RuntimeException failure) {
            System.getLogger(CallCancellation.class.getName())
                    .log(System.Logger.Level.WARNING, "a cancel action failed; the others still run", failure);
        }
    }

    /** Looks upwards too, so that a thread that is interrupted first and told second still knows why. */
    @Override
    public boolean isCancelled() {
        return reason != null || (above != null && above.isCancelled());
    }

    /** Whether this button itself was pressed, rather than one above. */
    boolean isCancelledHere() {
        return reason != null;
    }

    String reason() {
        String own = reason;
        if (own != null) {
            return own;
        }
        return above == null ? "cancelled" : above.reason();
    }

    @Override
    public void check() {
        if (isCancelled()) {
            throw new StoppedException(reason(), null);
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        Listener listener = new Listener(action);
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return () -> remove(listener);
            }
        }
        inform(listener);
        return () -> {};
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** The calling thread works for this: it is interrupted on cancel, until the registration is closed there. */
    Registration attachThread() {
        InterruptGate gate = InterruptGate.ofThisThread();
        synchronized (this) {
            threads.add(gate);
        }
        return () -> detach(gate);
    }

    private synchronized void detach(InterruptGate gate) {
        threads.remove(gate);
        if (reason != null) {
            gate.forget();
        }
    }

    /**
     * The work is over: no longer cancelled from above. If it ended because its thread was interrupted, before the news
     * came down to here, what was registered runs now.
     */
    @Override
    public void close() {
        registration.close();
        if (above != null && above.isCancelled()) {
            cancel(above.reason());
        }
    }

    /** Identity matters: two equal actions are two listeners. */
    private static final class Listener {
        private final Runnable action;

        private Listener(Runnable action) {
            this.action = action;
        }
    }
}
