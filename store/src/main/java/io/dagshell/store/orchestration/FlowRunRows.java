package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Flow runs as rows. Stateless. */
final class FlowRunRows {
    static final String INSERT = """
            insert into flow_runs (run_id, deployment, version, flow, parameters, due, queue, jdk, schedule_id,
                exclusive, created_by, idempotency_key, attempt, retry_of, resumes, backfill_id, state, phase, reason,
                created_at, retried, followed)
            values (:id, :deployment, :version, :flow, :parameters, :due, :queue, :jdk, :schedule,
                :exclusive, :createdBy, :key, :attempt, :retryOf, :resumes, :backfill, :state, 0, :reason, :now,
                :retried, :from)
            on conflict do nothing""";

    private FlowRunRows() {}

    /** 0 waits to be claimed, 1 is claimed, 2 is over: what the partial indexes go by. */
    static int phase(State state) {
        return switch (state) {
            case SCHEDULED, LATE, PAUSED, AWAITING_RETRY -> 0;
            case PENDING, RUNNING, CANCELLING -> 1;
            case COMPLETED, CACHED, FAILED, CRASHED, CANCELLED -> 2;
        };
    }

    /** Runs of a deployment that nobody has claimed. */
    static List<FlowRun> waiting(Handle handle, DeploymentName name) {
        return handle.createQuery("select * from flow_runs where deployment = :name and phase = 0")
                .bind("name", name.value())
                .map((row, context) -> read(row))
                .list();
    }

    static FlowRun read(ResultSet row) throws SQLException {
        return new FlowRun(RunId.parse(row.getString("run_id")), plan(row), origin(row), status(row), tries(row));
    }

    private static FlowRun.Plan plan(ResultSet row) throws SQLException {
        return new FlowRun.Plan(
                new DeploymentName(row.getString("deployment")),
                row.getString("version"),
                new TaskName(row.getString("flow")),
                row.getString("parameters"),
                Micros.instant(row.getLong("due")),
                row.getString("queue"),
                row.getInt("jdk"));
    }

    private static FlowRun.Origin origin(ResultSet row) throws SQLException {
        return new FlowRun.Origin(
                row.getString("created_by"),
                Columns.text(row, "schedule_id").map(ScheduleId::parse),
                Columns.text(row, "idempotency_key"),
                row.getInt("attempt"),
                Columns.text(row, "retry_of").map(RunId::parse),
                Columns.text(row, "resumes").map(RunId::parse),
                Columns.text(row, "backfill_id").map(BackfillId::parse));
    }

    private static FlowRun.Tries tries(ResultSet row) throws SQLException {
        return new FlowRun.Tries(
                row.getInt("retried"),
                row.getInt("starts"),
                Columns.text(row, "followed").map(TaskName::new));
    }

    private static FlowRun.Status status(ResultSet row) throws SQLException {
        return new FlowRun.Status(
                Columns.state(row),
                Columns.text(row, "reason"),
                Columns.text(row, "agent"),
                Columns.instant(row, "lease_until"),
                Micros.instant(row.getLong("created_at")),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"));
    }

    /** A run that waits, as it is at first. */
    static FlowRun scheduled(RunId id, FlowRun.Plan plan, FlowRun.Origin origin, Instant now) {
        FlowRun.Status status = new FlowRun.Status(
                State.SCHEDULED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty());
        return new FlowRun(id, plan, origin, status, FlowRun.Tries.NONE);
    }

    /** @return whether it is new: neither its schedule has a run at that instant nor its key one */
    static boolean insert(Handle handle, FlowRun run, boolean exclusive) {
        return bind(handle.createUpdate(INSERT), run, exclusive).execute() == 1;
    }

    static void add(PreparedBatch batch, FlowRun run, boolean exclusive) {
        bind(batch, run, exclusive).add();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, FlowRun run, boolean exclusive) {
        FlowRun.Plan plan = run.plan();
        FlowRun.Origin origin = run.origin();
        return statement
                .bind("id", run.id().toString())
                .bind("deployment", plan.deployment().value())
                .bind("version", plan.version())
                .bind("flow", plan.flow().toString())
                .bind("parameters", plan.parametersJson())
                .bind("due", Micros.of(plan.due()))
                .bind("queue", plan.queue())
                .bind("jdk", plan.jdk())
                .bind("schedule", origin.schedule().map(ScheduleId::toString).orElse(null))
                .bind("exclusive", exclusive ? 1 : 0)
                .bind("createdBy", origin.createdBy())
                .bind("key", origin.idempotencyKey().orElse(null))
                .bind("attempt", origin.attempt())
                .bind("retryOf", origin.retryOf().map(RunId::toString).orElse(null))
                .bind("resumes", origin.resumes().map(RunId::toString).orElse(null))
                .bind("backfill", origin.backfill().map(BackfillId::toString).orElse(null))
                .bind("state", run.status().state().word())
                .bind("reason", run.status().reason().orElse(null))
                .bind("now", Micros.of(run.status().createdAt()))
                .bind("retried", run.tries().retried())
                .bind("from", run.tries().from().map(TaskName::value).orElse(null));
    }
}
