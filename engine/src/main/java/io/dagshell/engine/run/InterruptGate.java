package io.dagshell.engine.run;

/**
 * Interrupts one thread, except while it writes records or results: an interrupt there would close the files under it
 * and make a stop look like a broken disk. The interrupt is kept and delivered when the gate opens. Guarded by itself.
 */
final class InterruptGate {
    private static final ThreadLocal<InterruptGate> OF_THREAD =
            ThreadLocal.withInitial(() -> new InterruptGate(Thread.currentThread()));

    private final Thread thread;
    private int shut;
    private boolean pending;

    private InterruptGate(Thread thread) {
        this.thread = thread;
    }

    static InterruptGate ofThisThread() {
        return OF_THREAD.get();
    }

    /** Called by the cancelling thread. */
    synchronized void interrupt() {
        if (shut > 0) {
            pending = true;
            return;
        }
        thread.interrupt();
    }

    /** Called by the gate's own thread: forgets an interrupt that has done its work. */
    synchronized void forget() {
        pending = false;
        Thread.interrupted();
    }

    /** Called by the gate's own thread; until closed, interrupts wait. */
    Closed shield() {
        synchronized (this) {
            if (shut++ == 0 && Thread.interrupted()) {
                pending = true;
            }
        }
        return this::open;
    }

    private synchronized void open() {
        if (--shut == 0 && pending) {
            pending = false;
            thread.interrupt();
        }
    }

    /** A shut gate. */
    interface Closed extends AutoCloseable {
        @Override
        void close();
    }
}
