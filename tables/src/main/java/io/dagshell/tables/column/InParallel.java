package io.dagshell.tables.column;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Work on the columns of a table by this thread and a few helpers, which take the next column as they get free. Not the
 * common pool: its threads would keep what they inherit from whoever touched them first.
 */
public final class InParallel {
    private static final int MOST_THREADS = 4;

    private InParallel() {}

    /** {@code work} for 0 to {@code count - 1}, results in that order; the first failure is thrown. */
    public static <R> R[] each(int count, IntFunction<R> work, IntFunction<R[]> array) {
        R[] results = array.apply(count);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable loop = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    results[i] = work.apply(i);
                }
            } catch (RuntimeException | Error thrown) {
                failure.compareAndSet(null, thrown);
            }
        };
        Thread[] helpers = new Thread[Math.min(count, threads()) - 1 < 0 ? 0 : Math.min(count, threads()) - 1];
        Arrays.setAll(helpers, i -> started(loop));
        loop.run();
        join(helpers);
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return results;
    }

    private static int threads() {
        return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private static Thread started(Runnable loop) {
        Thread helper = new Thread(null, loop, "dagshell-columns", 0, false);
        helper.setDaemon(true);
        helper.start();
        return helper;
    }

    /** Waits in any case: helpers write into the caller's array. An interrupt is kept for the caller. */
    private static void join(Thread[] helpers) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
