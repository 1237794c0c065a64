package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.store.Micros;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Makes the runs of one tick, or records why there is none. Used by one thread, in one transaction. */
final class DueRuns {
    private static final String SKIP = """
            insert into skipped_dues (schedule_id, day, reason, skipped, first_due, last_due)
            values (:id, :day, :reason, 1, :due, :due)
            on conflict (schedule_id, day, reason) do update set skipped = skipped_dues.skipped + 1,
                last_due = excluded.last_due""";
    private static final String MOVE_ON = """
            update flow_runs set due = :due, parameters = :parameters, version = :version, flow = :flow, jdk = :jdk,
                queue = :queue
            where run_id = :id and phase = 0""";

    private final Handle handle;
    private final PreparedBatch inserts;
    private final PreparedBatch skips;
    private final DueParameters parameters;
    private final Instant now;
    private int planned;
    private int skipped;

    DueRuns(Handle handle, DueParameters parameters, Instant now) {
        this.handle = handle;
        this.inserts = handle.prepareBatch(FlowRunRows.INSERT);
        this.skips = handle.prepareBatch(SKIP);
        this.parameters = parameters;
        this.now = now;
    }

    int planned() {
        return planned;
    }

    int skipped() {
        return skipped;
    }

    void skip(DueSchedule schedule, Instant due, String reason) {
        skips.bind("id", schedule.schedule().id().toString())
                .bind("day", due.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay())
                .bind("reason", reason)
                .bind("due", Micros.of(due))
                .add();
        skipped++;
    }

    void run(DueSchedule schedule, Instant due, GoingRuns others) {
        try {
            String given = parameters.of(schedule.version(), schedule.schedule().spec(), due);
            if (!movesOn(schedule, due, given, others)) {
                overlap(schedule, due, given, others);
            }
        } catch (ParameterException wrong) {
            skip(schedule, due, "its parameters cannot be made: " + wrong.getMessage());
        }
    }

    /**
     * A run nobody has claimed when the next is due becomes the next, unless each is to be run: agents that come back
     * find the latest, and no pile of older ones.
     */
    private boolean movesOn(DueSchedule schedule, Instant due, String given, GoingRuns others) {
        if (schedule.schedule().spec().catchUp() == CatchUp.ALL) {
            return false;
        }
        Optional<FlowRun> first = others.waiting().stream()
                .filter(run -> run.origin().attempt() == 1 && run.status().state() != State.PAUSED)
                .findFirst();
        if (first.isEmpty() || !moveOn(schedule, due, given, first.get())) {
            return false;
        }
        skip(schedule, first.get().plan().due(), "no agent had taken it when the next was due");
        others.waiting().remove(first.get());
        others.waiting().add(planned(first.get().id(), schedule, due, given));
        return true;
    }

    private boolean moveOn(DueSchedule schedule, Instant due, String given, FlowRun waiting) {
        // A run planned in this very tick is not in the table yet.
        execute(inserts);
        DeploymentVersion version = schedule.version();
        return handle.createUpdate(MOVE_ON)
                        .bind("due", Micros.of(due))
                        .bind("parameters", given)
                        .bind("version", version.version())
                        .bind("flow", version.flow().toString())
                        .bind("jdk", version.jdk())
                        .bind("queue", version.settings().queue())
                        .bind("id", waiting.id().toString())
                        .execute()
                == 1;
    }

    /** Writes what is not in the tables yet. */
    void write() {
        execute(inserts);
        execute(skips);
    }

    static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private void overlap(DueSchedule schedule, Instant due, String given, GoingRuns others) {
        switch (schedule.schedule().spec().overlap()) {
            case ALLOW -> plan(schedule, due, given, others, false);
            case SKIP -> {
                if (others.isEmpty()) {
                    plan(schedule, due, given, others, true);
                } else {
                    skip(schedule, due, "the run before was not over");
                }
            }
            case QUEUE -> {
                if (others.waiting().isEmpty()) {
                    plan(schedule, due, given, others, true);
                } else {
                    skip(schedule, due, "another run was waiting already");
                }
            }
            case CANCEL_RUNNING -> {
                cancel(others);
                plan(schedule, due, given, others, true);
            }
        }
    }

    private void cancel(GoingRuns others) {
        execute(inserts);
        String reason = "the next run was due";
        others.running().forEach(run -> FlowRuns.cancel(handle, run, reason, now));
        others.waiting().forEach(run -> FlowRuns.cancel(handle, run, reason, now));
        others.waiting().clear();
    }

    private void plan(DueSchedule schedule, Instant due, String given, GoingRuns others, boolean exclusive) {
        FlowRun run = planned(RunId.create(now), schedule, due, given);
        FlowRunRows.add(inserts, run, exclusive);
        others.waiting().add(run);
        planned++;
    }

    private FlowRun planned(RunId id, DueSchedule schedule, Instant due, String given) {
        DeploymentVersion version = schedule.version();
        FlowRun.Plan plan = new FlowRun.Plan(
                version.deployment(),
                version.version(),
                version.flow(),
                given,
                due,
                version.settings().queue(),
                version.jdk());
        FlowRun.Origin origin =
                FlowRun.Origin.by("schedule").withSchedule(schedule.schedule().id());
        return FlowRunRows.scheduled(id, plan, origin, now);
    }
}
