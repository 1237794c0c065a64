package io.dagshell.store.orchestration;

import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Ends runs whose agent is gone, gives back those it had not begun, and says of runs that wait why. Thread-safe; several servers may do
 * so.
 */
final class Expiry {
    private static final Duration FORGET_AGENTS_AFTER = Duration.ofDays(1);

    /** No lease is so long: the clock was put back since it was given, and nobody has renewed it. */
    private static final Duration NO_LEASE = Duration.ofMinutes(5);

    private static final int MOST = 1_000;

    private static final String GONE = """
            select f.* from flow_runs f
            where f.phase = 1 and (f.lease_until < :now or f.lease_until > :never
                or f.agent in (select name from agents where last_heartbeat < :missing))
            limit :limit""";
    private static final String LATE = """
            select f.* from flow_runs f
            where f.phase = 0 and f.state = 'Scheduled' and f.due < :late
                and (f.backfill_id is null or f.created_at < :late)
                and (f.lease_until is null or f.lease_until < :late)
            limit :limit""";

    private record Gone(List<FlowRun> givenBack, List<FlowRun> ended) {
        static final Gone NONE = new Gone(List.of(), List.of());
    }

    private final Transactions transactions;
    private final Limits limits;

    Expiry(Transactions transactions, Limits limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    ExpiryReport at(Instant now) {
        List<FlowRun> gone = transactions.read(handle -> gone(handle, now, ""));
        Gone left = gone.isEmpty() ? Gone.NONE : transactions.write(handle -> leave(handle, now));
        int late = transactions.read(handle -> late(handle, now, "")).isEmpty()
                ? 0
                : transactions.write(handle -> markLate(handle, now));
        if (transactions.read(FailurePauses::asks)) {
            transactions.write(handle -> {
                FailurePauses.pause(handle, now);
                return true;
            });
        }
        new AskedApprovals(transactions, Clock.fixed(now, ZoneOffset.UTC)).expire();
        new WaitingReasons(transactions, limits).at(now);
        forgetAgents(now);
        return new ExpiryReport(left.givenBack(), left.ended(), late);
    }

    private List<FlowRun> gone(Handle handle, Instant now, String lock) {
        return handle.createQuery(GONE + lock)
                .bind("now", Micros.of(now))
                .bind("never", Micros.of(now.plus(NO_LEASE)))
                .bind("missing", Micros.of(now.minus(limits.missingAfter())))
                .bind("limit", MOST)
                .map((row, context) -> FlowRunRows.read(row))
                .list();
    }

    private Gone leave(Handle handle, Instant now) {
        Gone left = new Gone(new ArrayList<>(), new ArrayList<>());
        for (FlowRun run : gone(handle, now, transactions.skipLocked("f"))) {
            if (hasNotBegun(run) && Moves.giveBack(handle, run, why(run), now)) {
                left.givenBack().add(run);
            } else if (end(handle, run, now)) {
                left.ended().add(run);
            }
        }
        return left;
    }

    /** An agent asks before it begins, so that one without an answer never will. */
    private static boolean hasNotBegun(FlowRun run) {
        return run.status().state() == State.PENDING;
    }

    private static boolean end(Handle handle, FlowRun run, Instant now) {
        boolean asked = run.status().state() == State.CANCELLING;
        return Moves.move(handle, run, asked ? State.CANCELLED : State.CRASHED, Optional.of(why(run)), now);
    }

    private static String why(FlowRun run) {
        String agent = run.status().agent().orElse("?");
        return "agent " + agent + " was not heard of any more, "
                + (hasNotBegun(run) || run.status().startedAt().isEmpty()
                        ? "it had taken the run and not begun it"
                        : "the run was going on there");
    }

    private List<FlowRun> late(Handle handle, Instant now, String lock) {
        return handle.createQuery(LATE + lock)
                .bind("late", Micros.of(now.minus(limits.lateAfter())))
                .bind("limit", MOST)
                .map((row, context) -> FlowRunRows.read(row))
                .list();
    }

    private int markLate(Handle handle, Instant now) {
        return (int) late(handle, now, transactions.skipLocked("f")).stream()
                .filter(run -> Moves.move(handle, run, State.LATE, run.status().reason(), now))
                .count();
    }

    private void forgetAgents(Instant now) {
        long before = Micros.of(now.minus(FORGET_AGENTS_AFTER));
        boolean any = transactions.read(
                        handle -> handle.createQuery("select count(*) from agents where last_heartbeat < :before")
                                .bind("before", before)
                                .mapTo(Integer.class)
                                .one())
                > 0;
        if (any) {
            transactions.write(handle -> handle.createUpdate("delete from agents where last_heartbeat < :before")
                    .bind("before", before)
                    .execute());
        }
    }
}
