package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Moves flow runs from state to state, as {@link State#mayBecome} allows, and does what an end asks for. Stateless. */
final class Moves {
    private static final String MOVE = """
            update flow_runs set state = :to, phase = :phase, reason = :reason,
                started_at = coalesce(started_at, :started), finished_at = :finished
            where run_id = :id and state = :from""";
    private static final String GIVE_BACK = """
            update flow_runs set state = 'Scheduled', phase = 0, reason = :reason, agent = null,
                lease_until = case when starts > 0 then :now else null end
            where run_id = :id and state = :from and agent = :agent""";
    private static final String AWAIT_RETRY = """
            update flow_runs set state = 'AwaitingRetry', phase = 0, reason = :reason, lease_until = :start,
                retried = retried + 1
            where run_id = :id and state = :from""";
    private static final String LET_GO = """
            update flow_runs set state = 'Scheduled', phase = 0, reason = :reason, lease_until = :now
            where run_id = :id and state = 'Paused'""";
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

    /**
     * A run whose process ended, and that is to be tried again: it waits for that, or has failed if it was tried often
     * enough.
     */
    static boolean awaitRetry(Handle handle, FlowRun run, Optional<String> reason, Instant now) {
        if (!run.status().state().mayBecome(State.AWAITING_RETRY)) {
            return false;
        }
        RetryRule rule = retrying(handle, run).rule();
        if (run.tries().retried() >= rule.retries()) {
            return move(handle, run, State.FAILED, reason, now);
        }
        int retry = run.tries().retried() + 1;
        Duration wait = rule.waitBefore(retry, ThreadLocalRandom.current().nextDouble());
        return handle.createUpdate(AWAIT_RETRY)
                        .bind("id", run.id().toString())
                        .bind("from", run.status().state().word())
                        .bind(
                                "reason",
                                reason.map(text -> text + "; ").orElse("") + "attempt " + (retry + 1) + " of "
                                        + (rule.retries() + 1) + " follows")
                        .bind("start", Micros.of(now.plus(wait)))
                        .execute()
                == 1;
    }

    /** A run that waited for an answer goes on, when an agent takes it. */
    static boolean letGo(Handle handle, RunId run, String reason, Instant now) {
        return handle.createUpdate(LET_GO)
                        .bind("id", run.toString())
                        .bind("reason", reason)
                        .bind("now", Micros.of(now))
                        .execute()
                == 1;
    }

    /** When runs of its version are tried again; never, if the version is gone. */
    static Retrying retrying(Handle handle, FlowRun run) {
        return handle.createQuery("""
                        select retries, retry_delay, retry from deployment_versions
                        where deployment = :deployment and version = :version""")
                .bind("deployment", run.plan().deployment().value())
                .bind("version", run.plan().version())
                .map((row, context) -> VersionRows.retrying(row))
                .findOne()
                .orElseGet(Retrying::never);
    }

    /** A run that was taken and never begun waits again, for any agent. */
    static boolean giveBack(Handle handle, FlowRun run, String reason, Instant now) {
        return run.status().state().mayBecome(State.SCHEDULED)
                && handle.createUpdate(GIVE_BACK)
                                .bind("id", run.id().toString())
                                .bind("from", run.status().state().word())
                                .bind("agent", run.status().agent().orElse(null))
                                .bind("reason", reason)
                                .bind("now", Micros.of(now))
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
        Retrying retrying = retrying(handle, run);
        int retry = run.tries().retried() + 1;
        if (!retrying.afterCrash() || retry > retrying.rule().retries()) {
            return;
        }
        Duration wait =
                retrying.rule().waitBefore(retry, ThreadLocalRandom.current().nextDouble());
        FlowRun.Tries tries = new FlowRun.Tries(retry, 0, run.tries().from());
        again(handle, run, "retry", Optional.of(run.id()), tries, now.plus(wait), now);
    }

    /** A new run of the same plan. */
    static FlowRun again(
            Handle handle,
            FlowRun run,
            String createdBy,
            Optional<RunId> resumes,
            FlowRun.Tries tries,
            Instant start,
            Instant now) {
        FlowRun.Origin origin = new FlowRun.Origin(
                createdBy,
                run.origin().schedule(),
                Optional.empty(),
                run.origin().attempt() + 1,
                Optional.of(run.id()),
                resumes,
                run.origin().backfill());
        FlowRun plain = FlowRunRows.scheduled(RunId.create(now), run.plan(), origin, now);
        FlowRun again = new FlowRun(plain.id(), plain.plan(), origin, plain.status(), tries);
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
