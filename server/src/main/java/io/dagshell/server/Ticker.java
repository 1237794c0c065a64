package io.dagshell.server;

import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.metrics.Meters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets the state go on: ten times a second it looks whether a run is due, which is one look at an index, and about every
 * second leases that are over end. After a pause of its own (a start, a database that was away, a machine that slept, a
 * clock that was put on or back) it waits until agents could renew their leases, which they could not do meanwhile. Used
 * by its own thread.
 */
final class Ticker implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(8);
    private static final int MOST_TICKS = 100;
    private static final long STEP_MILLIS = 100;
    private static final Duration BETWEEN_EXPIRIES = Duration.ofMillis(950);

    private final DeploymentServices services;
    private final Clock clock;
    private final Meters meters;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-ticker");
        thread.setDaemon(true);
        return thread;
    });
    private Instant last = Instant.EPOCH;
    private Instant expired = Instant.EPOCH;

    Ticker(DeploymentServices services, Clock clock) {
        this(services, clock, new Meters(clock));
    }

    Ticker(DeploymentServices services, Clock clock, Meters meters) {
        this.services = services;
        this.clock = clock;
        this.meters = meters;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::tickOrLog, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tickOrLog() {
        long began = System.nanoTime();
        try {
            tick(clock.instant());
            meters.ticked(System.nanoTime() - began);
        } catch (RuntimeException failed) {
            // The next second tries again; an exception here would be the last tick.
            System.getLogger(Ticker.class.getName())
                    .log(System.Logger.Level.WARNING, "the schedules could not be looked at: " + failed.getMessage());
            meters.tickFailed();
            last = Instant.EPOCH;
            rest();
        }
    }

    /** One warning a second is enough. */
    private static void rest() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    void tick(Instant now) {
        if (Duration.between(last, now).compareTo(PAUSE) > 0 || now.isBefore(last)) {
            services.mercy().give(now);
        }
        int ticks = 0;
        boolean planned = false;
        boolean more = true;
        while (more && ticks < MOST_TICKS) {
            var report = services.state().tick(now);
            planned |= report.planned() > 0;
            more = report.more();
            ticks++;
        }
        if (planned) {
            services.signal().give();
        }
        if (services.mercy().isOver(now) && Duration.between(expired, now).abs().compareTo(BETWEEN_EXPIRIES) >= 0) {
            services.state().expire(now);
            expired = now;
        }
        last = now;
    }

    @Override
    public void close() {
        // No interrupt: a tick that has begun ends with its transaction.
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
