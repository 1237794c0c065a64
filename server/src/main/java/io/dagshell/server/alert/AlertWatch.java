package io.dagshell.server.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks every second what there is to tell, and sends it on a thread of its own, so that a mail server that does not
 * answer holds up no look. What happened up to a day before the server started is told too.
 */
public final class AlertWatch implements AutoCloseable {
    private static final Duration BACK = Duration.ofDays(1);
    /** A run's end may become visible a little after the instant it bears. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int THREADS = 2;

    private final Alerting alerting;
    private final Clock clock;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "dagshell-alerts");
        thread.setDaemon(true);
        return thread;
    });
    private Instant looked;

    public AlertWatch(Alerting alerting, Clock clock) {
        this.alerting = alerting;
        this.clock = clock;
        this.looked = clock.instant().minus(BACK);
    }

    /** Begins. */
    public void start() {
        threads.scheduleWithFixedDelay(() -> orLog(this::look), 1, 1, TimeUnit.SECONDS);
        threads.scheduleWithFixedDelay(() -> orLog(this::deliver), 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        Instant now = clock.instant();
        alerting.look(now, looked.minus(OVERLAP));
        looked = now;
    }

    private void deliver() {
        alerting.deliver(clock.instant());
    }

    private void orLog(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // The next second tries again; an exception here would be the last look.
            if (!threads.isShutdown()) {
                System.getLogger(AlertWatch.class.getName())
                        .log(System.Logger.Level.WARNING, "alerts could not be looked after: " + failed.getMessage());
            }
        }
    }

    @Override
    public void close() {
        // A message that is on its way is given the time to arrive; else it is sent again by the next server.
        threads.shutdown();
        try {
            if (!threads.awaitTermination(3, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
