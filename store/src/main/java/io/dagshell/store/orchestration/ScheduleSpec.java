package io.dagshell.store.orchestration;

/**
 * A schedule as people write it.
 *
 * @param parametersJson JSON object of the parameters that differ from the deployment's; texts may hold {@code
 *     ${scheduled.month}} and the like
 * @param active whether it is due at all
 */
public record ScheduleSpec(Timing timing, String parametersJson, boolean active, Overlap overlap, CatchUp catchUp) {

    /** Active, with the deployment's parameters; overlapping runs are skipped, and of missed ones the latest is run. */
    public static ScheduleSpec of(Timing timing) {
        return new ScheduleSpec(timing, "{}", true, Overlap.SKIP, CatchUp.LATEST);
    }

    public ScheduleSpec withParameters(String json) {
        return new ScheduleSpec(timing, json, active, overlap, catchUp);
    }

    public ScheduleSpec withActive(boolean other) {
        return new ScheduleSpec(timing, parametersJson, other, overlap, catchUp);
    }

    public ScheduleSpec withOverlap(Overlap other) {
        return new ScheduleSpec(timing, parametersJson, active, other, catchUp);
    }

    public ScheduleSpec withCatchUp(CatchUp other) {
        return new ScheduleSpec(timing, parametersJson, active, overlap, other);
    }
}
