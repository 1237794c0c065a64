package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** When runs of its version are tried again. */
    public Retrying retrying(FlowRun run) {
        return transactions.read(handle -> Moves.retrying(handle, run));
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
            if (run.status().state() == State.CANCELLING) {
                Moves.move(handle, run, State.CANCELLED, run.status().reason(), clock.instant());
                return false;
            }
            return run.status().state() == State.RUNNING || start(handle, run);
        });
    }

    private boolean start(Handle handle, FlowRun run) {
        boolean moved = Moves.move(handle, run, State.RUNNING, Optional.empty(), clock.instant());
        if (moved) {
            handle.createUpdate("update flow_runs set starts = starts + 1 where run_id = :id")
                    .bind("id", run.id().toString())
                    .execute();
        }
        return moved;
    }

    private static boolean isOf(FlowRun run, String agent) {
        return run.status().agent().filter(agent::equals).isPresent();
    }

    /**
     * The run's process ended, as its agent tells it. One that awaits a retry, or whose questions have all been answered
     * meanwhile, is begun again later; a Crashed run is made anew if the deployment's retries allow. That a run ended
     * before its start was told is taken for both.
     *
     * @return false if the run is over already, is not this agent's, or cannot come to that state from its own
     */
    public boolean finish(RunId id, String agent, State state, Optional<String> message) {
        return finish(id, agent, OptionalInt.empty(), state, message);
    }

    /**
     * The same of one of the processes that were begun for the run.
     *
     * @param start its number, from 1; what is told again of one that another has followed is passed over
     */
    public boolean finish(RunId id, String agent, OptionalInt start, State state, Optional<String> message) {
        return transactions.write(handle -> {
            Instant now = clock.instant();
            FlowRun run = lock(handle, id);
            boolean former = start.isPresent() && start.getAsInt() < run.tries().starts();
            if (former || !isOf(run, agent) || FlowRunRows.phase(run.status().state()) == 0) {
                return false;
            }
            State from = run.status().state();
            if (from == State.PENDING && !from.mayBecome(state) && from.mayBecome(State.RUNNING)) {
                Moves.move(handle, run, State.RUNNING, Optional.empty(), now);
                run = lock(handle, id);
            }
            boolean cancelled = run.status().state() == State.CANCELLING && !state.isTerminal();
            return switch (state) {
                case AWAITING_RETRY -> cancelled ? end(handle, run, now) : Moves.awaitRetry(handle, run, message, now);
                case PAUSED -> cancelled ? end(handle, run, now) : waitForAnswers(handle, run, message, now);
                default -> Moves.move(handle, run, state, message, now);
            };
        });
    }

    private static boolean end(Handle handle, FlowRun run, Instant now) {
        return Moves.move(handle, run, State.CANCELLED, run.status().reason(), now);
    }

    private static boolean waitForAnswers(Handle handle, FlowRun run, Optional<String> message, Instant now) {
        boolean moved = Moves.move(handle, run, State.PAUSED, message, now);
        if (moved) {
            handle.createUpdate("update flow_runs set lease_until = null where run_id = :id")
                    .bind("id", run.id().toString())
                    .execute();
            AskedApprovals.goOn(handle, run.id(), now);
        }
        return moved;
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
            if (!paused && AskedApprovals.waits(handle, id)) {
                throw RefusedException.conflict("Run " + id
                        + " waits for an approval: approve or reject it, on its page or " + "with dagshell approval.");
            }
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
        return again(id, createdBy, false, Optional.empty());
    }

    /** Plans the same again, without the tasks it finished. */
    public FlowRun resume(RunId id, String createdBy) {
        return again(id, createdBy, true, Optional.empty());
    }

    /** Plans the same again, without the tasks it finished but for this one and what follows it. */
    public FlowRun resumeFrom(RunId id, TaskName task, String createdBy) {
        return again(id, createdBy, true, Optional.of(task));
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

    private FlowRun again(RunId id, String createdBy, boolean resume, Optional<TaskName> from) {
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
            FlowRun.Tries tries = new FlowRun.Tries(0, 0, from);
            return show(
                    handle,
                    Moves.again(handle, run, createdBy, resumes, tries, now, now)
                            .id());
        });
    }
}
