package io.dagshell.store.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Backfills and their instants as rows. Stateless. */
final class BackfillRows {
    private static final String INSERT = """
            insert into backfills (backfill_id, deployment, schedule_id, schedule, first_moment, last_moment, rerun,
                newest_first, concurrency, stop_after, queue, state, created_by, idempotency_key, created_at, resumed_at)
            values (:id, :deployment, :scheduleId, :schedule, :from, :to, :rerun, :newestFirst, :atOnce, :stopAfter,
                :queue, 'RUNNING', :createdBy, :key, :now, :now)""";
    private static final String INSERT_DUE = """
            insert into backfill_dues (backfill_id, due, place, state, reason)
            values (:id, :due, :place, :state, :reason)""";
    /** Of the runs of one instant the latest. */
    private static final String LATEST = """
            left join flow_runs f on f.backfill_id = d.backfill_id and f.due = d.due and not exists (
                select 1 from flow_runs n where n.backfill_id = f.backfill_id and n.due = f.due
                    and (n.attempt, n.run_id) > (f.attempt, f.run_id))""";

    private static final String COUNTS = """
            select d.state as due_state, f.state as run_state, count(*) as dues from backfill_dues d
            """ + LATEST + """

            where d.backfill_id = :id group by d.state, f.state""";
    private static final String INSTANTS = """
            select d.*, f.run_id, f.state as run_state from backfill_dues d
            """ + LATEST + """

            where d.backfill_id = :id and d.place >= :first order by d.place limit :limit""";

    private BackfillRows() {}

    static void insert(
            Handle handle,
            BackfillId id,
            BackfillSpec spec,
            BackfillPlan plan,
            String createdBy,
            Optional<String> key,
            Instant now) {
        handle.createUpdate(INSERT)
                .bind("id", id.toString())
                .bind("deployment", spec.deployment().value())
                .bind("scheduleId", spec.schedule().map(ScheduleId::toString).orElse(null))
                .bind("schedule", ScheduleRows.json(List.of(spec.pattern())))
                .bind("from", Micros.of(spec.from()))
                .bind("to", Micros.of(spec.to()))
                .bind("rerun", spec.rerun().name())
                .bind("newestFirst", spec.pace().newestFirst() ? 1 : 0)
                .bind("atOnce", spec.pace().atOnce())
                .bind("stopAfter", spec.pace().stopAfter())
                .bind("queue", spec.pace().queue().orElse(null))
                .bind("createdBy", createdBy)
                .bind("key", key.orElse(null))
                .bind("now", Micros.of(now))
                .execute();
        PreparedBatch dues = handle.prepareBatch(INSERT_DUE);
        int place = 0;
        for (BackfillPlan.Planned each : plan.instants()) {
            dues.bind("id", id.toString())
                    .bind("due", Micros.of(each.due()))
                    .bind("place", place++)
                    .bind("state", each.leftOut().isPresent() ? "LEFT_OUT" : "WAITING")
                    .bind("reason", each.leftOut().orElse(null))
                    .add();
        }
        DueRuns.execute(dues);
    }

    static Backfill read(Handle handle, ResultSet row) throws SQLException {
        BackfillId id = BackfillId.parse(row.getString("backfill_id"));
        return new Backfill(
                id,
                spec(row),
                Backfill.State.valueOf(row.getString("state")),
                Columns.text(row, "reason"),
                row.getString("created_by"),
                Micros.instant(row.getLong("created_at")),
                Columns.instant(row, "finished_at"),
                counts(handle, id));
    }

    static BackfillSpec spec(ResultSet row) throws SQLException {
        return new BackfillSpec(
                new DeploymentName(row.getString("deployment")),
                Columns.text(row, "schedule_id").map(ScheduleId::parse),
                ScheduleRows.specs(Columns.read(row, "schedule", JsonNode.class))
                        .get(0),
                Micros.instant(row.getLong("first_moment")),
                Micros.instant(row.getLong("last_moment")),
                Rerun.valueOf(row.getString("rerun")),
                new BackfillSpec.Pace(
                        row.getInt("concurrency"),
                        row.getInt("newest_first") == 1,
                        row.getInt("stop_after"),
                        Columns.text(row, "queue")));
    }

    private record Count(BackfillInstant.State due, Optional<State> run, int number) {
        boolean isRun(State... states) {
            return run.filter(List.of(states)::contains).isPresent();
        }
    }

    static Backfill.Counts counts(Handle handle, BackfillId id) {
        List<Count> counts = handle.createQuery(COUNTS)
                .bind("id", id.toString())
                .map((row, context) -> new Count(
                        BackfillInstant.State.valueOf(row.getString("due_state")),
                        Columns.text(row, "run_state").flatMap(State::ofWord),
                        row.getInt("dues")))
                .list();
        return new Backfill.Counts(
                sum(counts, each -> each.due() == BackfillInstant.State.WAITING),
                sum(
                        counts,
                        each -> each.run()
                                .filter(state -> FlowRunRows.phase(state) < 2)
                                .isPresent()),
                sum(counts, each -> each.isRun(State.COMPLETED, State.CACHED)),
                sum(counts, each -> each.isRun(State.FAILED, State.CRASHED)),
                sum(counts, each -> each.due() == BackfillInstant.State.CANCELLED || each.isRun(State.CANCELLED)),
                sum(counts, each -> each.due() == BackfillInstant.State.LEFT_OUT),
                sum(
                        counts,
                        each -> each.due() == BackfillInstant.State.MADE
                                && each.run().isEmpty()));
    }

    private static int sum(List<Count> counts, java.util.function.Predicate<Count> which) {
        return counts.stream().filter(which).mapToInt(Count::number).sum();
    }

    static List<BackfillInstant> instants(Handle handle, BackfillId id, int first, int limit) {
        return handle.createQuery(INSTANTS)
                .bind("id", id.toString())
                .bind("first", first)
                .bind("limit", limit)
                .map((row, context) -> new BackfillInstant(
                        row.getInt("place"),
                        Micros.instant(row.getLong("due")),
                        BackfillInstant.State.valueOf(row.getString("state")),
                        Columns.text(row, "reason"),
                        Columns.text(row, "run_id").map(RunId::parse),
                        Columns.text(row, "run_state").flatMap(State::ofWord)))
                .list();
    }

    /** Ends it: no run is made of what still waits. */
    static void cancel(Handle handle, BackfillId id, String reason, Instant now) {
        handle.createUpdate("""
                        update backfills set state = 'CANCELLED', reason = :reason, finished_at = :now
                        where backfill_id = :id and finished_at is null""")
                .bind("reason", reason)
                .bind("now", Micros.of(now))
                .bind("id", id.toString())
                .execute();
        handle.createUpdate(
                        "update backfill_dues set state = 'CANCELLED' where backfill_id = :id and state = 'WAITING'")
                .bind("id", id.toString())
                .execute();
    }

    static List<BackfillId> going(Handle handle, DeploymentName name, String lock) {
        return handle.createQuery(
                        "select backfill_id from backfills where deployment = :name and finished_at is null" + lock)
                .bind("name", name.value())
                .map((row, context) -> BackfillId.parse(row.getString("backfill_id")))
                .list();
    }

    static int deleteEndedBefore(Handle handle, Instant moment) {
        handle.createUpdate("""
                        delete from backfill_dues where backfill_id in
                            (select backfill_id from backfills where finished_at < :moment)""").bind("moment", Micros.of(moment)).execute();
        return handle.createUpdate("delete from backfills where finished_at < :moment")
                .bind("moment", Micros.of(moment))
                .execute();
    }
}
