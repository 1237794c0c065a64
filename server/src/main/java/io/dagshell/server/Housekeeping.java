package io.dagshell.server;

import io.dagshell.server.access.Gate;
import io.dagshell.server.deploy.DeploymentServices;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Deletes runs that are over for longer than they are kept, jars that no version needs any more, and old lines, tokens and
 * sessions: soon after the start, then twice a day.
 */
final class Housekeeping implements AutoCloseable {
    private static final long FIRST_SECONDS = 5;
    private static final long EVERY_SECONDS = TimeUnit.HOURS.toSeconds(12);

    /** A history grows by what runs print, which may be much in a minute. */
    private static final long SIZE_EVERY_SECONDS = 60;

    /** Far longer than an apply takes, which sends its jars before it names them. */
    private static final Duration UNUSED_JARS_STAY = Duration.ofDays(1);

    private final DeploymentServices services;
    private final Gate gate;
    private final Keeping keeping;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    Housekeeping(DeploymentServices services, Gate gate, Keeping keeping, Clock clock) {
        this.services = services;
        this.gate = gate;
        this.keeping = keeping;
        this.clock = clock;
    }

    void start() {
        keeping.bytes()
                .ifPresent(most -> thread.scheduleWithFixedDelay(
                        () -> orLog("the oldest runs", () -> deleteOldest(most)),
                        FIRST_SECONDS,
                        SIZE_EVERY_SECONDS,
                        TimeUnit.SECONDS));
        thread.scheduleWithFixedDelay(this::deleteOrLog, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void deleteOrLog() {
        keeping.runs().ifPresent(time -> orLog("old runs", () -> deleteRuns(time)));
        keeping.logs().ifPresent(time -> orLog("old logs", () -> deleteLogs(time)));
        orLog("unused libraries", this::deleteLibraries);
        keeping.audit().ifPresent(time -> orLog("old lines of the audit log", () -> deleteAudit(time)));
        orLog("sessions and tokens that are over", gate::deleteOver);
    }

    private void deleteRuns(Duration days) {
        int deleted = services.state().deleteEndedBefore(clock.instant().minus(days));
        if (deleted > 0) {
            System.getLogger(Housekeeping.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "deleted " + deleted + " runs that ended more than " + days.toDays() + " days ago");
        }
    }

    private void deleteLogs(Duration days) {
        int deleted = services.state().deleteLogsOfEndedBefore(clock.instant().minus(days));
        if (deleted > 0) {
            System.getLogger(Housekeeping.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "deleted the logs of " + deleted + " runs that ended more than " + days.toDays()
                                    + " days ago");
        }
    }

    private void deleteAudit(Duration days) {
        int deleted = gate.access().audit().deleteBefore(clock.instant().minus(days));
        if (deleted > 0) {
            System.getLogger(Housekeeping.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "deleted " + deleted + " lines of the audit log from more than " + days.toDays()
                                    + " days ago");
        }
    }

    private void deleteOldest(long most) {
        int deleted = services.state().deleteOldestUntil(most);
        if (deleted > 0) {
            System.getLogger(Housekeeping.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "deleted the " + deleted + " runs that ended first, for the history may have "
                                    + (most >> 20) + " MB");
        }
    }

    private void deleteLibraries() {
        int deleted = services.state().libraries().deleteUnused(clock.instant().minus(UNUSED_JARS_STAY));
        if (deleted > 0) {
            System.getLogger(Housekeeping.class.getName())
                    .log(System.Logger.Level.INFO, "deleted " + deleted + " libraries that no deployment needs");
        }
    }

    private void orLog(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            if (!thread.isShutdown()) {
                System.getLogger(Housekeeping.class.getName())
                        .log(System.Logger.Level.WARNING, what + " could not be deleted: " + failed.getMessage());
            }
        }
    }

    @Override
    public void close() {
        // What is begun ends with its transaction, one run; the rest is for the next start.
        thread.shutdownNow();
    }
}
