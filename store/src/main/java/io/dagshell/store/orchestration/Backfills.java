package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * Ranges of the past that are run: what they would run, their begin, and what may be done to each. Runs are made of them
 * by {@link Orchestration#tick}. Thread-safe.
 */
public final class Backfills {
    private static final String ALL = "select * from backfills";

    private final Transactions transactions;
    private final Clock clock;
    private final DueParameters parameters;

    Backfills(Transactions transactions, Clock clock, DueParameters parameters) {
        this.transactions = transactions;
        this.clock = clock;
        this.parameters = parameters;
    }

    /**
     * What it would run; nothing is kept.
     *
     * @throws RefusedException the range holds nothing, or too much
     * @throws io.dagshell.engine.parameter.ParameterException a run could not be given its parameters
     */
    public BackfillPlan plan(BackfillSpec spec) {
        return transactions.read(handle ->
                plan(handle, Deployments.show(handle, spec.deployment()).current(), spec));
    }

    private BackfillPlan plan(Handle handle, DeploymentVersion version, BackfillSpec spec) {
        List<Instant> dues =
                new ArrayList<>(BackfillDues.of(spec.pattern().timing(), spec.from(), spec.to(), clock.instant()));
        // What a run at night would fail at is refused now.
        parameters.of(version, spec.pattern(), dues.get(0));
        parameters.of(version, spec.pattern(), dues.get(dues.size() - 1));
        if (spec.pace().newestFirst()) {
            Collections.reverse(dues);
        }
        EarlierRuns earlier = EarlierRuns.of(handle, spec);
        return new BackfillPlan(dues.stream()
                .map(due -> new BackfillPlan.Planned(due, earlier.reason(due, spec.rerun())))
                .toList());
    }

    /**
     * Begins it. A second one of the same key is the first.
     *
     * @throws RefusedException as {@link #plan}, or nothing in the range is left to run
     */
    public Backfill begin(BackfillSpec spec, String createdBy, Optional<String> idempotencyKey) {
        return transactions.write(handle -> {
            // Of two that begin at once the second finds the first's instants.
            Deployment deployment = Deployments.locked(handle, spec.deployment(), transactions.forUpdate());
            Optional<Backfill> there = idempotencyKey.flatMap(key -> byKey(handle, spec.deployment(), key));
            if (there.isPresent()) {
                return there.get();
            }
            BackfillPlan plan = plan(handle, deployment.current(), spec);
            requireSome(plan, spec);
            Instant now = clock.instant();
            spec.pace().queue().ifPresent(queue -> WorkQueues.ensure(handle, queue, now));
            BackfillId id = BackfillId.create(now);
            BackfillRows.insert(handle, id, spec, plan, createdBy, idempotencyKey, now);
            return show(handle, id, "");
        });
    }

    private static void requireSome(BackfillPlan plan, BackfillSpec spec) {
        if (!plan.toRun().isEmpty()) {
            return;
        }
        String reasons = String.join(
                ", ",
                plan.leftOut().entrySet().stream()
                        .map(each -> each.getValue() + " because " + each.getKey())
                        .toList());
        throw RefusedException.conflict("Of the " + plan.instants().size() + " instants from " + spec.from() + " to "
                + spec.to() + " none is left to run: " + reasons
                + ". To run failed ones again say rerun failed, to run all again rerun all.");
    }

    private static Optional<Backfill> byKey(Handle handle, DeploymentName deployment, String key) {
        return handle.createQuery(ALL + " where deployment = :deployment and idempotency_key = :key")
                .bind("deployment", deployment.value())
                .bind("key", key)
                .map((row, context) -> BackfillRows.read(handle, row))
                .findOne();
    }

    /** @throws RefusedException there is none */
    public Backfill show(BackfillId id) {
        return transactions.read(handle -> show(handle, id, ""));
    }

    private static Backfill show(Handle handle, BackfillId id, String lock) {
        return handle.createQuery(ALL + " where backfill_id = :id" + lock)
                .bind("id", id.toString())
                .map((row, context) -> BackfillRows.read(handle, row))
                .findOne()
                .orElseThrow(() -> RefusedException.unknown("There is no backfill " + id + "."));
    }

    /** Those of a deployment, the latest first. */
    public List<Backfill> of(DeploymentName deployment, int limit) {
        return transactions.read(handle -> handle.createQuery(
                        ALL + " where deployment = :name order by created_at desc, backfill_id desc limit :limit")
                .bind("name", deployment.value())
                .bind("limit", limit)
                .map((row, context) -> BackfillRows.read(handle, row))
                .list());
    }

    /** All that are not over, the latest first. */
    public List<Backfill> going() {
        return transactions.read(handle -> handle.createQuery(
                        ALL + " where finished_at is null order by created_at desc, backfill_id desc")
                .map((row, context) -> BackfillRows.read(handle, row))
                .list());
    }

    /** Its instants from a place on, in the order they are run. */
    public List<BackfillInstant> instants(BackfillId id, int first, int limit) {
        return transactions.read(handle -> BackfillRows.instants(handle, id, first, limit));
    }

    /**
     * Pauses it or lets it go on, or changes how many instants are run at once.
     *
     * @throws RefusedException it is over
     */
    public Backfill change(BackfillId id, Optional<Boolean> paused, OptionalInt atOnce) {
        return transactions.write(handle -> {
            Backfill there = show(handle, id, transactions.forUpdate());
            if (there.state().isOver()) {
                throw RefusedException.conflict(
                        "Backfill " + id + " is " + there.state().word() + ": begin another one.");
            }
            atOnce.ifPresent(limit -> {
                there.spec().pace().withAtOnce(limit);
                handle.createUpdate("update backfills set concurrency = :limit where backfill_id = :id")
                        .bind("limit", limit)
                        .bind("id", id.toString())
                        .execute();
            });
            paused.ifPresent(flag -> handle.createUpdate("""
                            update backfills set state = :state, reason = null, resumed_at = :now
                            where backfill_id = :id and state <> :state""")
                    .bind("state", flag ? "PAUSED" : "RUNNING")
                    .bind("now", Micros.of(clock.instant()))
                    .bind("id", id.toString())
                    .execute());
            return show(handle, id, "");
        });
    }

    /**
     * Ends it: no more runs are made, and those that no agent has taken are Cancelled. One that is over stays as it was.
     *
     * @param keepRunning whether runs that go on may end by themselves; else they are cancelled too
     */
    public Backfill cancel(BackfillId id, String reason, boolean keepRunning) {
        return transactions.write(handle -> {
            Backfill there = show(handle, id, transactions.forUpdate());
            if (there.state().isOver()) {
                return there;
            }
            Instant now = clock.instant();
            BackfillRows.cancel(handle, id, reason, now);
            for (FlowRun run : handle.createQuery(
                            "select * from flow_runs where backfill_id = :id and phase < 2" + transactions.forUpdate())
                    .bind("id", id.toString())
                    .map((row, context) -> FlowRunRows.read(row))
                    .list()) {
                if (!keepRunning || FlowRunRows.phase(run.status().state()) == 0) {
                    FlowRuns.cancel(handle, run, reason, now);
                }
            }
            return show(handle, id, "");
        });
    }
}
