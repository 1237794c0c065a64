package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Optional;

/**
 * A range of due instants that shall be run.
 *
 * @param schedule whose instants they are; empty for a rule of the backfill's own
 * @param pattern the rule, and the parameters that differ from the deployment's
 * @param from the first moment of the range
 * @param to the last one, which belongs to it
 */
public record BackfillSpec(
        DeploymentName deployment,
        Optional<ScheduleId> schedule,
        ScheduleSpec pattern,
        Instant from,
        Instant to,
        Rerun rerun,
        Pace pace) {

    /**
     * How fast it goes.
     *
     * @param atOnce how many of its runs may wait or go on at once
     * @param newestFirst whether the latest instant is run first
     * @param stopAfter pauses it when so many runs in a row have failed; 0 never does
     * @param queue another work queue than the deployment's
     */
    public record Pace(int atOnce, boolean newestFirst, int stopAfter, Optional<String> queue) {
        /** Runs of one backfill at once. */
        public static final int MOST_AT_ONCE = 1_000;

        private static final int MOST_FAILURES = 10_000;

        public Pace {
            if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
                throw RefusedException.invalid(
                        "A backfill runs 1 to " + MOST_AT_ONCE + " instants at once (limit), not " + atOnce + ".");
            }
            if (stopAfter < 0 || stopAfter > MOST_FAILURES) {
                throw RefusedException.invalid("A backfill stops after 1 to " + MOST_FAILURES
                        + " failed runs in a row, or never with 0, not after " + stopAfter + ".");
            }
            queue.ifPresent(WorkQueue::check);
        }

        /** One after the other from the oldest, on the deployment's queue, until three in a row have failed. */
        public static Pace defaults() {
            return new Pace(1, false, 3, Optional.empty());
        }

        public Pace withAtOnce(int other) {
            return new Pace(other, newestFirst, stopAfter, queue);
        }

        public Pace withNewestFirst(boolean other) {
            return new Pace(atOnce, other, stopAfter, queue);
        }

        public Pace withStopAfter(int other) {
            return new Pace(atOnce, newestFirst, other, queue);
        }

        public Pace withQueue(Optional<String> other) {
            return new Pace(atOnce, newestFirst, stopAfter, other);
        }
    }

    /** Of a schedule, with its parameters; nothing is run twice. */
    public static BackfillSpec of(Schedule schedule, Instant from, Instant to) {
        return new BackfillSpec(
                schedule.deployment(),
                Optional.of(schedule.id()),
                schedule.spec(),
                from,
                to,
                Rerun.NONE,
                Pace.defaults());
    }

    public BackfillSpec withRerun(Rerun other) {
        return new BackfillSpec(deployment, schedule, pattern, from, to, other, pace);
    }

    public BackfillSpec withPace(Pace other) {
        return new BackfillSpec(deployment, schedule, pattern, from, to, rerun, other);
    }

    public BackfillSpec withPattern(ScheduleSpec other) {
        return new BackfillSpec(deployment, schedule, other, from, to, rerun, pace);
    }
}
