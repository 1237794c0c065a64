package io.dagshell.engine.run;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's daemon threads: one pool for branches, one thread for timeouts, both made when first used. Thread-safe. */
final class Workers implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ContextCarrier carrier;
    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor timer;

    Workers(ContextCarrier carrier) {
        this.carrier = carrier;
        this.pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("dagshell-worker-"));
        this.timer = new ScheduledThreadPoolExecutor(1, threads("dagshell-timer-"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory threads(String prefix) {
        return work -> {
            Thread thread = new Thread(
                    () -> {
                        Ambient.forget();
                        work.run();
                    },
                    prefix + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs {@code work} on another thread, with the caller's class loader and as work of the caller's cell. */
    void execute(Runnable work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Runnable carried = carrier.carry(work);
        pool.execute(() -> {
            Thread thread = Thread.currentThread();
            Thread.interrupted();
            thread.setContextClassLoader(loader);
            try {
                carried.run();
            } finally {
                thread.setContextClassLoader(null);
            }
        });
    }

    Future<?> after(Duration delay, Runnable action) {
        return timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        pool.shutdown();
        timer.shutdownNow();
    }
}
