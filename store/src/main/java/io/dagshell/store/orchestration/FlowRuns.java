package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs of deployments: orders in, and what may be done to each. Thread-safe. */
public final class FlowRuns {
    private final Transactions transactions;
    private final Clock clock;

    FlowRuns(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Plans a run; one with the same id or idempotency key is returned instead, if there is one. */
    public FlowRun create(NewRun order) {
        return transactions.write(handle -> {
            Instant now = clock.instant();
            Deployment deployment = Deployments.locked(handle, order.deployment(), transactions.forShare());
            FlowRun run = planned(deployment, order, now);
            WorkQueues.ensure(handle, run.plan().queue(), now);
            if (FlowRunRows.insert(handle, run, false)) {
                return run;
            }
            return order.idempotencyKey()
                    .flatMap(key -> byKey(handle, order.deployment(), key))
                    .orElseGet(() -> show(handle, order.id()));
        });
    }

    private static FlowRun planned(Deployment deployment, NewRun order, Instant now) {
        DeploymentVersion version = deployment.current();
        FlowRun.Plan plan = new FlowRun.Plan(
                deployment.name(),
                version.version(),
                version.flow(),
                order.parametersJson(),
                order.due(),
                order.queue().orElse(version.settings().queue()),
                version.jdk());
        WorkQueue.check(plan.queue());
        FlowRun.Origin origin = FlowRun.Origin.by(order.createdBy()).withKey(order.idempotencyKey());
        return FlowRunRows.scheduled(order.id(), plan, origin, now);
    }

    private static Optional<FlowRun> byKey(Handle handle, DeploymentName deployment, String key) {
        return handle.createQuery("select * from flow_runs where deployment = :deployment and idempotency_key = :key")
                .bind("deployment", deployment.value())
                .bind("key", key)
                .map((row, context) -> FlowRunRows.read(row))
                .findOne();
    }

    public Optional<FlowRun> find(RunId id) {
        return transactions.read(handle -> find(handle, id, ""));
    }

    private static Optional<FlowRun> find(Handle handle, RunId id, String lock) {
        return handle.createQuery("select * from flow_runs where run_id = :id" + lock)
                .bind("id", id.toString())
                .map((row, context) -> FlowRunRows.read(row))
                .findOne();
    }

    /** @throws RefusedException there is none */
    public FlowRun show(RunId id) {
        return transactions.read(handle -> show(handle, id));
    }

    private static FlowRun show(Handle handle, RunId id) {
        return show(handle, id, "");
    }

    private static FlowRun show(Handle handle, RunId id, String lock) {
        return find(handle, id, lock)
                .orElseThrow(() -> RefusedException.unknown("There is no run " + id + " of a deployment."));
    }

    private FlowRun lock(Handle handle, RunId id) {
        return show(handle, id, transactions.forUpdate());
    }

    /** Runs that were made anew for this one, oldest first. */
    public List<FlowRun> retriesOf(RunId id) {
        return transactions.read(
                handle -> handle.createQuery("select * from flow_runs where retry_of = :id order by created_at, run_id")
                        .bind("id", id.toString())
                        .map((row, context) -> FlowRunRows.read(row))
                        .list());
    }

    /**
     * The agent is about to begin the run's process, and may if the run is still its own; it may ask again. Of one whose
     * cancel was asked for there is nothing to begin: it is Cancelled.
     *
     * @return false if it must not
     */
    public boolean begin(RunId id, String agent) {
        return transactions.write(handle -> {
            FlowRun run = lock(handle, id);
            if (!isOf(run, agent)) {
                return false;
            }
            if (run.status().state() == State.CANCELLING
                    && run.status().startedAt().isEmpty()) {
                Moves.move(handle, run, State.CANCELLED, run.status().reason(), clock.instant());
                return false;
            }
            return run.status().state() == State.RUNNING
                    || Moves.move(handle, run, State.RUNNING, Optional.empty(), clock.instant());
        });
    }

    private static boolean isOf(FlowRun run, String agent) {
        return run.status().agent().filter(agent::equals).isPresent();
    }

    /**
     * The run changed state, as its agent tells it: it awaits a retry, or ended. A Crashed run is made anew if the
     * deployment's retries allow. That a run ended before its start was told is taken for both.
     *
     * @return false if the run is over already, is not this agent's, or cannot come to that state from its own
     */
    public boolean finish(RunId id, String agent, State state, Optional<String> message) {
        return transactions.write(handle -> {
            Instant now = clock.instant();
            FlowRun run = lock(handle, id);
            if (!isOf(run, agent)) {
                return false;
            }
            State from = run.status().state();
            if (from == State.PENDING && !from.mayBecome(state) && from.mayBecome(State.RUNNING)) {
                Moves.move(handle, run, State.RUNNING, Optional.empty(), now);
                run = lock(handle, id);
            }
            return Moves.move(handle, run, state, message, now);
        });
    }

    /**
     * Asks for the run's end: one nobody has claimed is Cancelled at once, another is Cancelling until its agent has
     * stopped it, or is gone.
     *
     * @return the run as it is then; one that is over stays as it was
     */
    public FlowRun requestCancel(RunId id, String reason) {
        return transactions.write(handle -> {
            cancel(handle, lock(handle, id), reason, clock.instant());
            return show(handle, id);
        });
    }

    static boolean cancel(Handle handle, FlowRun run, String reason, Instant now) {
        State next = FlowRunRows.phase(run.status().state()) == 0 ? State.CANCELLED : State.CANCELLING;
        return Moves.move(handle, run, next, Optional.of(reason), now);
    }

    /** Holds back a run nobody has claimed, or lets it go. */
    public FlowRun pause(RunId id, boolean paused) {
        return transactions.write(handle -> {
            FlowRun run = lock(handle, id);
            boolean claimed = FlowRunRows.phase(run.status().state()) != 0;
            State next = paused ? State.PAUSED : State.SCHEDULED;
            if (claimed || !Moves.move(handle, run, next, Optional.empty(), clock.instant())) {
                throw RefusedException.conflict("Run " + id + " is "
                        + run.status().state().word() + " and cannot be " + (paused ? "held back." : "let go."));
            }
            return show(handle, id);
        });
    }

    /** Plans the same again, all of it. */
    public FlowRun retry(RunId id, String createdBy) {
        return again(id, createdBy, false);
    }

    /** Plans the same again, without the tasks it finished. */
    public FlowRun resume(RunId id, String createdBy) {
        return again(id, createdBy, true);
    }

    /** Of a deployment that was deleted nothing is there that could be run. */
    private void requireVersion(Handle handle, FlowRun run) {
        DeploymentName name = run.plan().deployment();
        boolean there = Deployments.isThere(handle, name, transactions.forShare())
                && VersionRows.exists(handle, name, run.plan().version());
        if (!there) {
            throw RefusedException.conflict("Run " + run.id() + " cannot be run again: deployment '" + name
                    + "' was deleted. Apply its folder again with dagshell deployment apply FOLDER.");
        }
    }

    private FlowRun again(RunId id, String createdBy, boolean resume) {
        return transactions.write(handle -> {
            FlowRun run = lock(handle, id);
            State state = run.status().state();
            if (!state.isTerminal() || (resume && state == State.COMPLETED)) {
                throw RefusedException.conflict("Run " + id + " is " + state.word() + ": there is nothing to "
                        + (resume ? "resume." : "run again yet."));
            }
            requireVersion(handle, run);
            Instant now = clock.instant();
            Optional<RunId> resumes = resume ? Optional.of(id) : Optional.empty();
            return show(
                    handle,
                    Moves.again(handle, run, createdBy, resumes, now, now).id());
        });
    }
}
