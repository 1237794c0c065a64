package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Makes runs of backfills, each instant once and no more at once than wanted, so that neither the queue nor the list of
 * runs fills with what is to be run in hours. Thread-safe; several servers may do so on one database.
 */
final class BackfillTick {
    private static final String MADE_BY = "backfill";
    private static final String GOING = """
            select b.*, (select count(*) from flow_runs f
                where f.backfill_id = b.backfill_id and f.phase < 2 and f.backfill_id is not null) as runs,
                exists (select 1 from backfill_dues d
                    where d.backfill_id = b.backfill_id and d.state = 'WAITING') as more
            from backfills b where b.finished_at is null and b.state = 'RUNNING'""";
    private static final String LOCK = """
            select b.backfill_id from backfills b where b.finished_at is null and b.state = 'RUNNING'""";
    private static final String DUES = """
            select due from backfill_dues where backfill_id = :id and state = 'WAITING' order by place limit :limit""";
    private static final String MARK = """
            update backfill_dues set state = :state, reason = :reason where backfill_id = :id and due = :due""";
    private static final String LAST = """
            select state from flow_runs where backfill_id = :id and phase = 2 and finished_at > :since
            order by finished_at desc limit :limit""";

    private final Transactions transactions;
    private final DueParameters parameters;

    BackfillTick(Transactions transactions, DueParameters parameters) {
        this.transactions = transactions;
        this.parameters = parameters;
    }

    /** One that is not paused. */
    private record Going(BackfillId id, BackfillSpec spec, Instant resumed, int runs, boolean more) {
        boolean asks() {
            return more ? runs < spec.pace().atOnce() : runs == 0;
        }
    }

    /** What was done in a tick. */
    TickReport at(Instant now) {
        if (transactions.read(BackfillTick::going).stream().noneMatch(Going::asks)) {
            return new TickReport(0, 0, false);
        }
        return transactions.write(handle -> {
            int made = 0;
            int leftOut = 0;
            Set<BackfillId> own = lock(handle);
            for (Going each : going(handle)) {
                if (own.contains(each.id()) && each.asks()) {
                    TickReport one = advance(handle, each, now);
                    made += one.planned();
                    leftOut += one.skipped();
                }
            }
            return new TickReport(made, leftOut, leftOut > 0);
        });
    }

    private static List<Going> going(Handle handle) {
        return handle.createQuery(GOING + " order by b.created_at, b.backfill_id")
                .map((row, context) -> new Going(
                        BackfillId.parse(row.getString("backfill_id")),
                        BackfillRows.spec(row),
                        Micros.instant(row.getLong("resumed_at")),
                        row.getInt("runs"),
                        row.getBoolean("more")))
                .list();
    }

    /** Those no other server has now. What they have made is read afterwards: a lock does not renew what was read. */
    private Set<BackfillId> lock(Handle handle) {
        return new HashSet<>(handle.createQuery(LOCK + transactions.skipLocked("b"))
                .map((row, context) -> BackfillId.parse(row.getString("backfill_id")))
                .list());
    }

    private TickReport advance(Handle handle, Going backfill, Instant now) {
        if (!backfill.more()) {
            end(handle, backfill.id(), now);
            return new TickReport(0, 0, false);
        }
        if (failed(handle, backfill)) {
            pause(handle, backfill);
            return new TickReport(0, 0, false);
        }
        Optional<Deployment> deployment =
                Deployments.find(handle, backfill.spec().deployment());
        if (deployment.isEmpty()) {
            BackfillRows.cancel(handle, backfill.id(), "Its deployment was deleted.", now);
            return new TickReport(0, 0, false);
        }
        int made = 0;
        int leftOut = 0;
        for (Instant due : dues(handle, backfill)) {
            if (make(handle, backfill, deployment.get().current(), due, now)) {
                made++;
            } else {
                leftOut++;
            }
        }
        return new TickReport(made, leftOut, false);
    }

    private static List<Instant> dues(Handle handle, Going backfill) {
        return handle.createQuery(DUES)
                .bind("id", backfill.id().toString())
                .bind("limit", backfill.spec().pace().atOnce() - backfill.runs())
                .map((row, context) -> Micros.instant(row.getLong("due")))
                .list();
    }

    private boolean make(Handle handle, Going backfill, DeploymentVersion version, Instant due, Instant now) {
        String given;
        try {
            given = parameters.of(version, backfill.spec().pattern(), due);
        } catch (ParameterException wrong) {
            mark(handle, backfill.id(), due, "LEFT_OUT", "its parameters cannot be made: " + wrong.getMessage());
            return false;
        }
        FlowRun.Plan plan = new FlowRun.Plan(
                version.deployment(),
                version.version(),
                version.flow(),
                given,
                due,
                backfill.spec().pace().queue().orElse(version.settings().queue()),
                version.jdk());
        FlowRun.Origin origin = FlowRun.Origin.by(MADE_BY).withBackfill(backfill.id());
        FlowRunRows.insert(handle, FlowRunRows.scheduled(RunId.create(now), plan, origin, now), false);
        mark(handle, backfill.id(), due, "MADE", null);
        return true;
    }

    private static void mark(
            Handle handle, BackfillId id, Instant due, String state, @org.jspecify.annotations.Nullable String reason) {
        handle.createUpdate(MARK)
                .bind("state", state)
                .bind("reason", reason)
                .bind("id", id.toString())
                .bind("due", Micros.of(due))
                .execute();
    }

    /** Whether its last runs all failed, of those that ended since it was begun or resumed. */
    private static boolean failed(Handle handle, Going backfill) {
        int most = backfill.spec().pace().stopAfter();
        if (most == 0) {
            return false;
        }
        List<String> last = handle.createQuery(LAST)
                .bind("id", backfill.id().toString())
                .bind("since", Micros.of(backfill.resumed()))
                .bind("limit", most)
                .mapTo(String.class)
                .list();
        return last.size() == most
                && last.stream().allMatch(state -> state.equals("Failed") || state.equals("Crashed"));
    }

    private static void pause(Handle handle, Going backfill) {
        int most = backfill.spec().pace().stopAfter();
        handle.createUpdate("update backfills set state = 'PAUSED', reason = :reason where backfill_id = :id")
                .bind("reason", most == 1 ? "its last run failed" : "its last " + most + " runs failed")
                .bind("id", backfill.id().toString())
                .execute();
    }

    private static void end(Handle handle, BackfillId id, Instant now) {
        handle.createUpdate("update backfills set state = 'FINISHED', finished_at = :now where backfill_id = :id")
                .bind("now", Micros.of(now))
                .bind("id", id.toString())
                .execute();
    }
}
