package io.dagshell.kernel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops one cell and no other, at any time: a cell that has not begun ends when its turn comes, one that is over is left
 * alone. Thread-safe; what stops the cell is called off the lock.
 */
public final class CellInterrupt {
    private boolean asked;
    private @Nullable Runnable stop;

    /** Stops the cell. */
    public void interrupt() {
        interrupt(List.of(this));
    }

    /**
     * Stops several cells. All of them know before the first is stopped: what stops one may reach the code of another,
     * which is interrupted then too and has not failed.
     */
    public static void interrupt(List<CellInterrupt> cells) {
        cells.forEach(CellInterrupt::ask);
        cells.forEach(CellInterrupt::stop);
    }

    private synchronized void ask() {
        asked = true;
    }

    synchronized boolean isAsked() {
        return asked;
    }

    private void stop() {
        Runnable now;
        synchronized (this) {
            now = stop;
        }
        if (now != null) {
            now.run();
        }
    }

    /** The cell begins; {@code how} stops it until this is closed. */
    Begun begin(Runnable how) {
        boolean already;
        synchronized (this) {
            stop = how;
            already = asked;
        }
        if (already) {
            how.run();
        }
        return this::end;
    }

    private synchronized void end() {
        stop = null;
    }

    /** A cell that runs. */
    interface Begun extends AutoCloseable {
        @Override
        void close();
    }
}
