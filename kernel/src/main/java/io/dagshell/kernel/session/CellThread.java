package io.dagshell.kernel.session;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a cell's code on a thread of its own, which can be given up if it ignores being interrupted. */
final class CellThread {
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long NUDGE_MILLIS = 50;

    private final CellRun run;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable thrown;

    private CellThread(CellRun run, ClassLoader loader, Callable<?> work) {
        this.run = run;
        this.thread = new Thread(() -> work(work), "cell-" + run.cell().number());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
    }

    /** How it ended. */
    enum Ending {
        RETURNED,
        THREW,
        ABANDONED
    }

    static CellThread start(CellRun run, ClassLoader loader, Callable<?> work) {
        CellThread started = new CellThread(run, loader, work);
        started.thread.start();
        return started;
    }

    private void work(Callable<?> work) {
        try {
            work.call();
        } catch (Throwable userCodeThrew) {
            thrown = userCodeThrew;
        } finally {
            ended.countDown();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits for the end; once interrupted, insists for a second and then gives the thread up. */
    Ending await() throws InterruptedException {
        long interruptedAt = 0;
        while (!ended.await(NUDGE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (run.isInterrupted()) {
                long now = System.nanoTime();
                interruptedAt = interruptedAt == 0 ? now : interruptedAt;
                if (TimeUnit.NANOSECONDS.toMillis(now - interruptedAt) > PATIENCE_MILLIS) {
                    return Ending.ABANDONED;
                }
                thread.interrupt();
            }
        }
        return thrown == null ? Ending.RETURNED : Ending.THREW;
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }
}
