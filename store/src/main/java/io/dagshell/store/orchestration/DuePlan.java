package io.dagshell.store.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a schedule's due instants up to now.
 *
 * @param wanted to be run, if {@link Overlap} lets them, in order
 * @param missed not to be run, in order, for {@code why}
 * @param next the next one
 */
record DuePlan(List<Instant> wanted, List<Instant> missed, String why, Optional<Instant> next) {
    /** Due instants looked at in one tick: a schedule that was away for weeks must not hold up the others. */
    private static final int MOST = 1_000;

    static DuePlan of(ScheduleSpec schedule, Instant first, boolean paused, Instant now, Duration onTime) {
        List<Instant> dues = new ArrayList<>();
        Optional<Instant> next = Optional.of(first);
        while (next.isPresent() && !next.get().isAfter(now) && dues.size() < MOST) {
            dues.add(next.get());
            next = schedule.timing().next(next.get());
        }
        if (paused) {
            return new DuePlan(List.of(), dues, "the deployment was paused", next);
        }
        boolean more = next.isPresent() && !next.get().isAfter(now);
        int missed = missed(schedule.catchUp(), dues, now.minus(onTime), more);
        return new DuePlan(
                List.copyOf(dues.subList(missed, dues.size())),
                List.copyOf(dues.subList(0, missed)),
                "missed while no server was running",
                next);
    }

    private static int missed(CatchUp catchUp, List<Instant> dues, Instant earliest, boolean more) {
        int old = (int) dues.stream().filter(due -> due.isBefore(earliest)).count();
        return switch (catchUp) {
            case ALL -> 0;
            case NONE -> old;
            case LATEST -> more || old < dues.size() ? old : Math.max(0, old - 1);
        };
    }
}
