package io.dagshell.store.orchestration;

import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Hands out runs, each to one agent. Thread-safe; several servers may do so on one database. */
final class Claims {
    /** Candidates read for each run wanted, since limits may rule out some of them. */
    private static final int CHOICE = 4;

    private static final String WAITS = """
            select count(*) from (
                select 1 from flow_runs where phase = 0 and queue in (<queues>) and due <= :now
                    and state <> 'Paused' and (lease_until is null or lease_until <= :now) limit 1) as waiting""";
    /** What was finished of a run is on its agent's machine: the run goes on there, as long as that agent is there. */
    private static final String CANDIDATES = """
            select f.*, v.concurrency as deployment_limit, q.concurrency as queue_limit
            from flow_runs f
            join work_queues q on q.name = f.queue
            left join deployments d on d.name = f.deployment
            left join deployment_versions v on v.deployment = d.name and v.version = d.version
            where f.phase = 0 and f.queue in (<queues>) and f.due <= :now and f.jdk in (<jdks>)
                and f.state in ('Scheduled', 'Late', 'AwaitingRetry')
                and (f.lease_until is null or f.lease_until <= :now)
                and (f.state <> 'AwaitingRetry' or d.paused is null or d.paused = 0)
                and (f.agent is null or f.agent = :agent or not exists
                    (select 1 from agents g where g.name = f.agent and g.last_heartbeat >= :alive and g.not_served is null
                        and g.queues like '%"' || f.queue || '"%'))
                and q.paused = 0 and f.deployment not in (<full>)
                and (v.concurrency is null or v.concurrency >
                    (select count(*) from flow_runs a where a.deployment = f.deployment and a.phase = 1))
                and (q.concurrency is null or q.concurrency >
                    (select count(*) from flow_runs a where a.queue = f.queue and a.phase = 1))
                and (f.exclusive = 0 or not exists
                    (select 1 from flow_runs a where a.schedule_id = f.schedule_id and a.phase = 1))
                and (f.exclusive = 0 or not exists
                    (select 1 from flow_runs a where a.schedule_id = f.schedule_id and a.phase = 0 and a.starts > 0
                        and a.run_id <> f.run_id))
            order by q.priority, case when f.backfill_id is null then 0 else 1 end, f.due, f.run_id
            limit :limit""";

    private static final String TAKE = """
            update flow_runs set state = 'Pending', phase = 1, reason = null, agent = :agent, lease_until = :until
            where run_id = :id and phase = 0 and state = :from""";

    private final Transactions transactions;
    private final Clock clock;
    private final Limits limits;

    Claims(Transactions transactions, Clock clock, Limits limits) {
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
    }

    private record Candidate(
            FlowRun run, Optional<Integer> deploymentLimit, Optional<Integer> queueLimit, boolean alone) {}

    List<FlowRun> claim(Claim claim) {
        Instant now = clock.instant();
        // Most polls find nothing: they must not wait for writers.
        if (claim.most() < 1 || !transactions.read(handle -> waits(handle, claim, now))) {
            return List.of();
        }
        return transactions.write(handle -> claim(handle, claim, now));
    }

    private static boolean waits(Handle handle, Claim claim, Instant now) {
        return handle.createQuery(WAITS)
                        .bindList("queues", claim.queues())
                        .bind("now", Micros.of(now))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private List<FlowRun> claim(Handle handle, Claim claim, Instant now) {
        TagUse tags = TagUse.of(handle);
        List<Candidate> candidates = candidates(handle, claim, now, tags.full());
        Room room = new Room(handle, candidates, tags);
        List<FlowRun> taken = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (taken.size() < claim.most() && room.take(candidate)) {
                take(handle, claim, candidate.run(), now);
                taken.add(candidate.run());
            }
        }
        return taken.stream().map(run -> pending(run, claim, now)).toList();
    }

    private List<Candidate> candidates(Handle handle, Claim claim, Instant now, List<String> full) {
        return handle.createQuery(CANDIDATES + transactions.skipLocked("f"))
                .bindList("queues", claim.queues())
                .bindList("jdks", List.copyOf(claim.jdks()))
                // A list is not empty, and no deployment has this name.
                .bindList("full", full.isEmpty() ? List.of("") : full)
                .bind("now", Micros.of(now))
                .bind("agent", claim.agent())
                .bind("alive", Micros.of(now.minus(limits.missingAfter())))
                .bind("limit", claim.most() * CHOICE)
                .map((row, context) -> new Candidate(
                        FlowRunRows.read(row),
                        Optional.ofNullable((Number) row.getObject("deployment_limit"))
                                .map(Number::intValue),
                        Optional.ofNullable((Number) row.getObject("queue_limit"))
                                .map(Number::intValue),
                        row.getInt("exclusive") == 1))
                .list();
    }

    private static void take(Handle handle, Claim claim, FlowRun run, Instant now) {
        handle.createUpdate(TAKE)
                .bind("agent", claim.agent())
                .bind("until", Micros.of(now.plus(claim.lease())))
                .bind("id", run.id().toString())
                .bind("from", run.status().state().word())
                .execute();
    }

    private static FlowRun pending(FlowRun run, Claim claim, Instant now) {
        FlowRun.Status status = new FlowRun.Status(
                State.PENDING,
                Optional.empty(),
                Optional.of(claim.agent()),
                Optional.of(now.plus(claim.lease())),
                run.status().createdAt(),
                run.status().startedAt(),
                Optional.empty());
        return new FlowRun(run.id(), run.plan(), run.origin(), status, run.tries());
    }

    /** How many runs the limits still allow. Others who claim wait for its locks, so that its counts stay true. */
    private final class Room {
        private final Map<String, Integer> deployments = new HashMap<>();
        private final Map<String, Integer> queues = new HashMap<>();
        private final Set<ScheduleId> schedules = new HashSet<>();
        private final TagUse tags;

        Room(Handle handle, List<Candidate> candidates, TagUse tags) {
            this.tags = tags;
            candidates.forEach(each -> {
                each.queueLimit()
                        .ifPresent(limit -> queues.put(each.run().plan().queue(), limit));
                each.deploymentLimit()
                        .ifPresent(limit ->
                                deployments.put(each.run().plan().deployment().value(), limit));
            });
            lock(handle, "queue ", queues.keySet());
            lock(handle, "deployment ", deployments.keySet());
            lock(handle, "schedule ", alone(candidates));
            lock(handle, "tag ", limited(candidates));
            tags.count(handle);
            count(handle, "queue", queues);
            count(handle, "deployment", deployments);
            schedules.addAll(busy(handle, alone(candidates)));
        }

        private Set<String> limited(List<Candidate> candidates) {
            return candidates.stream()
                    .flatMap(each -> tags.tags(each.run().plan().deployment().value()).stream())
                    .collect(Collectors.toSet());
        }

        private static Set<String> alone(List<Candidate> candidates) {
            return candidates.stream()
                    .filter(Candidate::alone)
                    .flatMap(each -> each.run().origin().schedule().stream())
                    .map(ScheduleId::toString)
                    .collect(Collectors.toSet());
        }

        /** Locks of names and not of rows: a row may be held by one who waits for a run that is held here. */
        private void lock(Handle handle, String kind, Set<String> names) {
            if (!transactions.locksRows()) {
                return;
            }
            for (String name : new TreeSet<>(names)) {
                handle.createQuery("select count(*) from (select pg_advisory_xact_lock(hashtext(:name))) as locked")
                        .bind("name", kind + name)
                        .mapTo(Integer.class)
                        .one();
            }
        }

        private static void count(Handle handle, String column, Map<String, Integer> limits) {
            limits.replaceAll((name, limit) -> limit
                    - handle.createQuery("select count(*) from flow_runs where phase = 1 and " + column + " = :name")
                            .bind("name", name)
                            .mapTo(Integer.class)
                            .one());
        }

        private static Set<ScheduleId> busy(Handle handle, Set<String> schedules) {
            if (schedules.isEmpty()) {
                return Set.of();
            }
            return new HashSet<>(handle.createQuery(
                            "select schedule_id from flow_runs where phase = 1 and schedule_id in (<schedules>)")
                    .bindList("schedules", List.copyOf(schedules))
                    .map((row, context) -> ScheduleId.parse(row.getString("schedule_id")))
                    .list());
        }

        boolean take(Candidate candidate) {
            String deployment = candidate.run().plan().deployment().value();
            String queue = candidate.run().plan().queue();
            if (deployments.getOrDefault(deployment, 1) < 1
                    || queues.getOrDefault(queue, 1) < 1
                    || tags.full(deployment).isPresent()) {
                return false;
            }
            Optional<ScheduleId> schedule = candidate.run().origin().schedule();
            if (candidate.alone() && schedule.isPresent() && !schedules.add(schedule.get())) {
                return false;
            }
            deployments.computeIfPresent(deployment, (name, left) -> left - 1);
            tags.take(deployment);
            queues.computeIfPresent(queue, (name, left) -> left - 1);
            return true;
        }
    }
}
