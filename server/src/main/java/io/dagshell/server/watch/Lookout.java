package io.dagshell.server.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again, on threads of its own, what has happened since it last looked; the first look goes back a day, so
 * that what happened while no server was there is seen too. A look that fails is logged, and the next one looks from where
 * that one did. Each look is done by one thread at a time.
 *
 * <pre>{@code
 * Lookout lookout = new Lookout("dagshell-alerts", "alerts could not be looked after", 2, clock);
 * lookout.since(Duration.ofSeconds(1), (now, since) -> alerting.look(now, since));
 * lookout.again(Duration.ofSeconds(1), alerting::deliver);
 * }</pre>
 */
public final class Lookout implements AutoCloseable {
    private static final Duration BACK = Duration.ofDays(1);
    /** A run's end may become visible a little after the instant it bears. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int GRACE_SECONDS = 3;

    private final String trouble;
    private final Clock clock;
    private final ScheduledExecutorService threads;

    /**
     * @param name of its threads
     * @param trouble what is logged before the reason if a look fails
     * @param looks how many are done at once
     */
    public Lookout(String name, String trouble, int looks, Clock clock) {
        this.trouble = trouble;
        this.clock = clock;
        this.threads = Executors.newScheduledThreadPool(looks, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What is done with a stretch of time, which overlaps a little with the one before. */
    public interface Look {
        void at(Instant now, Instant since);
    }

    /** Begins to look at what has happened. */
    public void since(Duration pause, Look look) {
        Instant[] looked = {clock.instant().minus(BACK)};
        again(pause, () -> {
            Instant now = clock.instant();
            look.at(now, looked[0].minus(OVERLAP));
            looked[0] = now;
        });
    }

    /** Begins to do something else again and again. */
    public void again(Duration pause, Runnable work) {
        threads.scheduleWithFixedDelay(() -> orLog(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void orLog(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // The next look tries again; an exception here would be the last one.
            if (!threads.isShutdown()) {
                System.getLogger(Lookout.class.getName())
                        .log(System.Logger.Level.WARNING, trouble + ": " + failed.getMessage());
            }
        }
    }

    /** What is on its way is given the time to arrive; else the next server does it again. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
