package io.dagshell.store.orchestration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes the schedules that come from a deployment's file those of its current version. Stateless. */
final class FileSchedules {
    private FileSchedules() {}

    /** A schedule that stands in both keeps its id, and its next due instant if it is due at the same times. */
    static void follow(Handle handle, DeploymentName name, List<ScheduleSpec> specs, Instant now) {
        List<Schedule> former = new ArrayList<>(handle.createQuery(
                        "select * from schedules where deployment = :name and origin = 'FILE' order by created_at, schedule_id")
                .bind("name", name.value())
                .map((row, context) -> ScheduleRows.read(row))
                .list());
        List<ScheduleSpec> fresh = new ArrayList<>();
        for (ScheduleSpec spec : specs) {
            former.stream()
                    .filter(each -> each.spec().timing().equals(spec.timing()))
                    .findFirst()
                    .ifPresentOrElse(
                            each -> {
                                former.remove(each);
                                keep(handle, each, spec, now);
                            },
                            () -> fresh.add(spec));
        }
        former.forEach(each -> Schedules.delete(handle, each.id()));
        for (int i = 0; i < fresh.size(); i++) {
            // Schedules are shown by age: those of one file in the file's order.
            Instant made = now.plus(i, ChronoUnit.MICROS);
            ScheduleSpec spec = fresh.get(i);
            ScheduleRows.insert(
                    handle,
                    new Schedule(ScheduleId.create(made), name, spec, true, ScheduleRows.firstDue(spec, now), made));
        }
    }

    private static void keep(Handle handle, Schedule there, ScheduleSpec spec, Instant now) {
        if (there.spec().equals(spec)) {
            return;
        }
        boolean sameDue = there.spec().active() && spec.active();
        ScheduleRows.update(
                handle,
                new Schedule(
                        there.id(),
                        there.deployment(),
                        spec,
                        true,
                        sameDue ? there.nextDue() : ScheduleRows.firstDue(spec, now),
                        there.createdAt()));
    }
}
