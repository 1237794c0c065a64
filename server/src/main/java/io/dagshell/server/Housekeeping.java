package io.dagshell.server;

import io.dagshell.server.deploy.DeploymentServices;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes runs that are over for longer than they are kept: soon after the start, then twice a day. */
final class Housekeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final long FIRST_SECONDS = 5;
    private static final long EVERY_SECONDS = TimeUnit.HOURS.toSeconds(12);

    private final DeploymentServices services;
    private final Duration kept;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    Housekeeping(DeploymentServices services, Duration kept, Clock clock) {
        this.services = services;
        this.kept = kept;
        this.clock = clock;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::deleteOrLog, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void deleteOrLog() {
        try {
            int deleted = services.state().deleteEndedBefore(clock.instant().minus(kept));
            if (deleted > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "deleted " + deleted + " runs that ended more than " + kept.toDays() + " days ago");
            }
        } catch (RuntimeException failed) {
            if (!thread.isShutdown()) {
                LOG.log(System.Logger.Level.WARNING, "old runs could not be deleted: " + failed.getMessage());
            }
        }
    }

    @Override
    public void close() {
        // What is begun ends with its transaction, one run; the rest is for the next start.
        thread.shutdownNow();
    }
}
