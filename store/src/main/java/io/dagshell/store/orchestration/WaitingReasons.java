package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Writes into runs that are due and not claimed why they wait. Thread-safe. */
final class WaitingReasons {
    private static final int MOST = 1_000;
    private static final String WAITING = """
            with active as (select queue, deployment, schedule_id, count(*) as runs from flow_runs
                where phase = 1 group by queue, deployment, schedule_id),
            by_queue as (select queue, sum(runs) as runs from active group by queue),
            by_deployment as (select deployment, sum(runs) as runs from active group by deployment),
            by_schedule as (select schedule_id, sum(runs) as runs from active
                where schedule_id is not null group by schedule_id)
            select f.*, q.paused, q.concurrency as queue_limit, v.concurrency as deployment_limit,
                coalesce(aq.runs, 0) as queue_active, coalesce(ad.runs, 0) as active,
                case when f.exclusive = 1 then coalesce(s.runs, 0) else 0 end as before
            from flow_runs f
            join work_queues q on q.name = f.queue
            left join deployments d on d.name = f.deployment
            left join deployment_versions v on v.deployment = d.name and v.version = d.version
            left join by_queue aq on aq.queue = f.queue
            left join by_deployment ad on ad.deployment = f.deployment
            left join by_schedule s on s.schedule_id = f.schedule_id
            where f.phase = 0 and f.due <= :due and f.state in ('Scheduled', 'Late')
            order by f.due
            limit :limit""";

    private final Transactions transactions;
    private final Limits limits;

    WaitingReasons(Transactions transactions, Limits limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    private record Waiting(FlowRun run, Optional<String> limit) {}

    void at(Instant now) {
        Map<FlowRun, String> changed = transactions.read(handle -> changed(handle, now));
        if (changed.isEmpty()) {
            return;
        }
        transactions.write(handle -> {
            changed.forEach((run, reason) -> handle.createUpdate(
                            "update flow_runs set reason = :reason where run_id = :id and phase = 0")
                    .bind("reason", reason)
                    .bind("id", run.id().toString())
                    .execute());
            return true;
        });
    }

    private Map<FlowRun, String> changed(Handle handle, Instant now) {
        Map<String, Set<Integer>> jdks = jdksByQueue(handle, now);
        Map<FlowRun, String> changed = new HashMap<>();
        TagUse tags = TagUse.of(handle);
        for (Waiting each : waiting(handle, now)) {
            Optional<String> reason = noAgent(each.run().plan(), jdks)
                    .or(each::limit)
                    .or(() -> tag(each.run().plan().deployment(), tags));
            if (reason.isPresent() && !reason.equals(each.run().status().reason())) {
                changed.put(each.run(), reason.get());
            }
        }
        return changed;
    }

    private static Optional<String> tag(DeploymentName deployment, TagUse tags) {
        return tags.full(deployment.value())
                .map(tag -> "the limit of " + tags.limits().getOrDefault(tag, 0) + " for tag " + tag + " is reached");
    }

    /** A moment's wait needs no explanation. */
    private List<Waiting> waiting(Handle handle, Instant now) {
        return handle.createQuery(WAITING)
                .bind("due", Micros.of(now.minusSeconds(2)))
                .bind("limit", MOST)
                .map((row, context) -> new Waiting(
                        FlowRunRows.read(row),
                        limit(
                                row.getInt("paused") == 1,
                                row.getInt("before"),
                                count(row.getObject("queue_limit"), row.getInt("queue_active")),
                                count(row.getObject("deployment_limit"), row.getInt("active")))))
                .list();
    }

    /** The limit, if it is reached. */
    private static Optional<Integer> count(@org.jspecify.annotations.Nullable Object limit, int active) {
        return limit instanceof Number number && active >= number.intValue()
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    private static Optional<String> limit(
            boolean paused, int before, Optional<Integer> queue, Optional<Integer> deployment) {
        if (paused) {
            return Optional.of("its work queue is paused");
        }
        if (before > 0) {
            return Optional.of("the run before is not over");
        }
        return deployment
                .map(limit -> "the deployment's limit of " + limit + " is reached")
                .or(() -> queue.map(limit -> "the work queue's limit of " + limit + " is reached"));
    }

    private static Optional<String> noAgent(FlowRun.Plan plan, Map<String, Set<Integer>> jdks) {
        Set<Integer> there = jdks.get(plan.queue());
        if (there == null) {
            return Optional.of("no agent serves work queue " + plan.queue());
        }
        if (there.isEmpty()) {
            return Optional.of("the agents of work queue " + plan.queue() + " are of another DagShell than the server");
        }
        return there.contains(plan.jdk())
                ? Optional.empty()
                : Optional.of("it needs JDK " + plan.jdk() + ", and the agents of work queue " + plan.queue() + " have "
                        + there);
    }

    private Map<String, Set<Integer>> jdksByQueue(Handle handle, Instant now) {
        Map<String, Set<Integer>> jdks = new HashMap<>();
        handle.createQuery("select queues, jdks, not_served from agents where last_heartbeat >= :alive")
                .bind("alive", Micros.of(now.minus(limits.missingAfter())))
                .map((row, context) -> Map.entry(
                        new HashSet<>(Columns.texts(row, "queues")),
                        // One that is handed no runs is there and has nothing to run them on.
                        row.getString("not_served") == null
                                ? Arrays.asList(Columns.read(row, "jdks", Integer[].class))
                                : List.<Integer>of()))
                .forEach(agent -> agent.getKey()
                        .forEach(queue -> jdks.computeIfAbsent(queue, name -> new TreeSet<>())
                                .addAll(agent.getValue())));
        return jdks;
    }
}
