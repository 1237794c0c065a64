package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Makes runs of due instants, all in one transaction. Thread-safe; several servers may tick on one database. */
final class Tick {
    /** Schedules of one transaction. */
    private static final int MOST = 5_000;

    private static final String DUE = """
            select s.*, d.paused, v.flow, v.jdk, v.queue, v.parameters as defaults, v.version, v.tags, v.description,
                v.concurrency, v.retries, v.retry_delay, v.retry, v.pause_after, v.created_at as version_made
            from schedules s
            join deployments d on d.name = s.deployment
            join deployment_versions v on v.deployment = d.name and v.version = d.version
            where s.next_due <= :now
            order by s.next_due
            limit :limit""";
    private static final String GOING = """
            select f.* from flow_runs f join schedules s on s.schedule_id = f.schedule_id
            where s.next_due <= :now and f.phase = %d""";

    private final Transactions transactions;
    private final Limits limits;
    private final DueParameters parameters;

    Tick(Transactions transactions, Limits limits, DueParameters parameters) {
        this.transactions = transactions;
        this.limits = limits;
        this.parameters = parameters;
    }

    TickReport at(Instant now) {
        if (!transactions.read(handle -> isDue(handle, now))) {
            return new TickReport(0, 0, false);
        }
        return transactions.write(handle -> at(handle, now));
    }

    private static boolean isDue(Handle handle, Instant now) {
        return handle.createQuery(
                                "select count(*) from (select 1 from schedules where next_due <= :now limit 1) as due")
                        .bind("now", Micros.of(now))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private TickReport at(Handle handle, Instant now) {
        // Before another run is made of one that failed too often.
        FailurePauses.pause(handle, now);
        List<DueSchedule> due = handle.createQuery(DUE + transactions.skipLocked("s"))
                .bind("now", Micros.of(now))
                .bind("limit", MOST)
                .map((row, context) -> DueSchedule.read(row))
                .list();
        Map<ScheduleId, GoingRuns> going = going(handle, now);
        PreparedBatch nexts = handle.prepareBatch("update schedules set next_due = :next where schedule_id = :id");
        DueRuns runs = new DueRuns(handle, parameters, now);
        boolean more = due.size() == MOST;
        for (DueSchedule each : due) {
            Optional<Instant> next = one(each, runs, going, now);
            more |= next.isPresent() && !next.get().isAfter(now);
            nexts.bind("next", next.map(Micros::of).orElse(null))
                    .bind("id", each.schedule().id().toString())
                    .add();
        }
        runs.write();
        DueRuns.execute(nexts);
        return new TickReport(runs.planned(), runs.skipped(), more);
    }

    private Optional<Instant> one(DueSchedule each, DueRuns runs, Map<ScheduleId, GoingRuns> going, Instant now) {
        DuePlan plan = DuePlan.of(
                each.schedule().spec(), each.schedule().nextDue().orElse(now), each.paused(), now, limits.onTime());
        plan.missed().forEach(due -> runs.skip(each, due, plan.why()));
        GoingRuns others = going.getOrDefault(each.schedule().id(), new GoingRuns());
        plan.wanted().forEach(due -> runs.run(each, due, others));
        return plan.next();
    }

    private static Map<ScheduleId, GoingRuns> going(Handle handle, Instant now) {
        Map<ScheduleId, GoingRuns> going = new HashMap<>();
        for (int phase = 0; phase < 2; phase++) {
            handle
                    .createQuery(GOING.formatted(phase))
                    .bind("now", Micros.of(now))
                    .map((row, context) -> FlowRunRows.read(row))
                    .stream()
                    .sorted(Comparator.comparing(run -> run.plan().due()))
                    .forEach(
                            run -> going.computeIfAbsent(run.origin().schedule().orElseThrow(), id -> new GoingRuns())
                                    .add(run));
        }
        return going;
    }
}
