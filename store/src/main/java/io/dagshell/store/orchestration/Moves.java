package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Moves flow runs from state to state, as {@link State#mayBecome} allows, and does what an end asks for. Stateless. */
final class Moves {
    private static final String MOVE = """
            update flow_runs set state = :to, phase = :phase, reason = :reason,
                started_at = coalesce(started_at, :started), finished_at = :finished
            where run_id = :id and state = :from""";
    private static final String GIVE_BACK = """
            update flow_runs set state = 'Scheduled', phase = 0, reason = :reason, agent = null, lease_until = null
            where run_id = :id and state = :from and agent = :agent and started_at is null""";
    private static final List<String> CLOSE_RECORD = List.of("""
            update task_runs set state = :state, message = :message, finished_at = :now
            where run_id = :id and finished_at is null
                and exists (select 1 from runs where run_id = :id and finished_at is null)""", """
            update runs set state = :state, message = :message, finished_at = :now
            where run_id = :id and finished_at is null""");

    private Moves() {}

    /** @return whether it moved: not from a state that is terminal, or that another has changed meanwhile */
    static boolean move(Handle handle, FlowRun run, State to, Optional<String> reason, Instant now) {
        State from = run.status().state();
        if (!from.mayBecome(to)) {
            return false;
        }
        int moved = handle.createUpdate(MOVE)
                .bind("id", run.id().toString())
                .bind("from", from.word())
                .bind("to", to.word())
                .bind("phase", FlowRunRows.phase(to))
                .bind("reason", reason.orElse(null))
                .bind("started", to == State.RUNNING ? micros(now) : null)
                .bind("finished", to.isTerminal() ? micros(now) : null)
                .execute();
        if (moved == 1 && to.isTerminal()) {
            ended(handle, run, to, reason, now);
        }
        return moved == 1;
    }

    /** A run that was taken and never begun waits again, for any agent. */
    static boolean giveBack(Handle handle, FlowRun run, String reason) {
        return run.status().state().mayBecome(State.SCHEDULED)
                && handle.createUpdate(GIVE_BACK)
                                .bind("id", run.id().toString())
                                .bind("from", run.status().state().word())
                                .bind("agent", run.status().agent().orElse(null))
                                .bind("reason", reason)
                                .execute()
                        == 1;
    }

    private static @Nullable Long micros(Instant instant) {
        return Micros.of(instant);
    }

    private static void ended(Handle handle, FlowRun run, State to, Optional<String> reason, Instant now) {
        if (to == State.CRASHED || to == State.CANCELLED) {
            // Its process may never tell the end.
            closeRecord(handle, run.id(), to, reason, now);
        }
        if (to == State.CRASHED) {
            retryCrashed(handle, run, now);
        }
    }

    private static void closeRecord(Handle handle, RunId id, State state, Optional<String> reason, Instant now) {
        for (String update : CLOSE_RECORD) {
            handle.createUpdate(update)
                    .bind("id", id.toString())
                    .bind("state", state.word())
                    .bind("message", reason.orElse(null))
                    .bind("now", Micros.of(now))
                    .execute();
        }
    }

    private static void retryCrashed(Handle handle, FlowRun run, Instant now) {
        handle.createQuery("""
                        select v.retries, v.retry_delay from deployment_versions v
                        where v.deployment = :deployment and v.version = :version and v.retries >= :attempt""")
                .bind("deployment", run.plan().deployment().value())
                .bind("version", run.plan().version())
                .bind("attempt", run.origin().attempt())
                .map((row, context) -> Micros.duration(row.getLong("retry_delay")))
                .findOne()
                .ifPresent(delay -> again(handle, run, "retry", Optional.of(run.id()), now.plus(delay), now));
    }

    /** A new run of the same plan. */
    static FlowRun again(
            Handle handle, FlowRun run, String createdBy, Optional<RunId> resumes, Instant start, Instant now) {
        FlowRun.Origin origin = new FlowRun.Origin(
                createdBy,
                run.origin().schedule(),
                Optional.empty(),
                run.origin().attempt() + 1,
                Optional.of(run.id()),
                resumes,
                run.origin().backfill());
        FlowRun again = FlowRunRows.scheduled(RunId.create(now), run.plan(), origin, now);
        FlowRunRows.insert(handle, again, isExclusive(handle, run.id()));
        if (start.isAfter(now)) {
            handle.createUpdate("update flow_runs set lease_until = :start where run_id = :id")
                    .bind("start", Micros.of(start))
                    .bind("id", again.id().toString())
                    .execute();
        }
        return again;
    }

    private static boolean isExclusive(Handle handle, RunId id) {
        return handle.createQuery("select exclusive from flow_runs where run_id = :id")
                        .bind("id", id.toString())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }
}
