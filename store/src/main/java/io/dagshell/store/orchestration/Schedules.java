package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Schedules of deployments. Thread-safe. */
public final class Schedules {
    private final Transactions transactions;
    private final Clock clock;

    Schedules(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A schedule that stays whatever the deployment's file says. */
    public Schedule add(DeploymentName deployment, ScheduleSpec spec) {
        return transactions.write(handle -> {
            Deployments.show(handle, deployment);
            Instant now = clock.instant();
            Schedule made = new Schedule(
                    ScheduleId.create(now), deployment, spec, false, ScheduleRows.firstDue(spec, now), now);
            ScheduleRows.insert(handle, made);
            return made;
        });
    }

    /** Changes it; it is due as if it began now. */
    public Schedule edit(ScheduleId id, ScheduleSpec spec) {
        return transactions.write(handle -> {
            Schedule there = show(handle, id);
            Schedule changed = new Schedule(
                    id,
                    there.deployment(),
                    spec,
                    there.fromFile(),
                    ScheduleRows.firstDue(spec, clock.instant()),
                    there.createdAt());
            ScheduleRows.update(handle, changed);
            return changed;
        });
    }

    /** Switches it on, from now, or off. */
    public Schedule activate(ScheduleId id, boolean active) {
        Schedule there = show(id);
        return there.spec().active() == active ? there : edit(id, there.spec().withActive(active));
    }

    public void remove(ScheduleId id) {
        transactions.write(handle -> {
            show(handle, id);
            return delete(handle, id);
        });
    }

    static boolean delete(Handle handle, ScheduleId id) {
        for (String table : List.of("schedules", "skipped_dues")) {
            handle.createUpdate("delete from " + table + " where schedule_id = :id")
                    .bind("id", id.toString())
                    .execute();
        }
        return true;
    }

    /** @throws RefusedException there is none */
    public Schedule show(ScheduleId id) {
        return transactions.read(handle -> show(handle, id));
    }

    private static Schedule show(Handle handle, ScheduleId id) {
        return handle.createQuery("select * from schedules where schedule_id = :id")
                .bind("id", id.toString())
                .map((row, context) -> ScheduleRows.read(row))
                .findOne()
                .orElseThrow(() -> RefusedException.unknown("There is no schedule " + id + "."));
    }

    /** Those of a deployment, oldest first. */
    public List<Schedule> of(DeploymentName deployment) {
        return transactions.read(handle -> handle.createQuery(
                        "select * from schedules where deployment = :name order by created_at, schedule_id")
                .bind("name", deployment.value())
                .map((row, context) -> ScheduleRows.read(row))
                .list());
    }

    /** Its next due instants from now on, at most {@code limit}. */
    public List<Instant> upcoming(ScheduleId id, int limit) {
        Schedule schedule = show(id);
        List<Instant> upcoming = new ArrayList<>();
        Optional<Instant> due = schedule.nextDue();
        while (due.isPresent() && upcoming.size() < limit) {
            upcoming.add(due.get());
            due = schedule.spec().timing().next(due.get());
        }
        return List.copyOf(upcoming);
    }

    /** What was not run of it, the latest day first. */
    public List<SkippedDues> skipped(ScheduleId id, int limit) {
        return transactions.read(handle -> handle.createQuery(
                        "select * from skipped_dues where schedule_id = :id order by day desc, reason limit :limit")
                .bind("id", id.toString())
                .bind("limit", limit)
                .map((row, context) -> new SkippedDues(
                        id,
                        LocalDate.ofEpochDay(row.getLong("day")),
                        row.getString("reason"),
                        row.getLong("skipped"),
                        Micros.instant(row.getLong("first_due")),
                        Micros.instant(row.getLong("last_due"))))
                .list());
    }
}
