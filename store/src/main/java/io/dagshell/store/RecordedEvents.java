package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells a recorded run as events again: each call's last attempt, in order of time. */
final class RecordedEvents {
    private final RunId run;
    private final List<RunEvent> events = new ArrayList<>();

    private RecordedEvents(RunId run) {
        this.run = run;
    }

    static List<RunEvent> of(RunDetail detail, List<LogRecord> logs) {
        RecordedEvents recorded = new RecordedEvents(detail.run().id());
        detail.tasks().forEach(recorded::created);
        detail.tasks().forEach(recorded::happened);
        logs.forEach(recorded::logged);
        // The sort is stable: events of one instant stay in the order a call has them.
        recorded.events.sort(Comparator.comparing(RunEvent::at));
        recorded.events.add(0, started(detail.run()));
        detail.run()
                .finishedAt()
                .ifPresent(at -> recorded.events.add(new RunEvent.RunFinished(
                        detail.run().id(),
                        at,
                        detail.run().state(),
                        detail.run().message())));
        return List.copyOf(recorded.events);
    }

    private static RunEvent started(RunRecord run) {
        return new RunEvent.RunStarted(
                run.id(),
                run.startedAt(),
                run.flow(),
                run.kind(),
                run.title(),
                run.parametersJson(),
                run.origin(),
                run.source(),
                run.resumes());
    }

    private void created(TaskRunRecord task) {
        TaskRunRecord.Named call = task.call();
        events.add(new RunEvent.TaskCreated(
                run,
                task.status().createdAt(),
                call.ordinal(),
                call.task(),
                call.kind(),
                call.path(),
                call.parent(),
                call.upstream()));
    }

    private void happened(TaskRunRecord task) {
        TaskRunRecord.Status status = task.status();
        int ordinal = task.call().ordinal();
        status.startedAt()
                .ifPresent(at -> events.add(new RunEvent.TaskStateChanged(
                        run, at, ordinal, State.RUNNING, Math.max(1, status.attempt()), Optional.empty())));
        Instant last = status.finishedAt().or(status::startedAt).orElse(status.createdAt());
        task.cache()
                .ifPresent(cache -> events.add(new RunEvent.CacheConsulted(
                        run, last, ordinal, cache.outcome(), cache.reason(), cache.key(), cache.age(), cache.saved())));
        task.progress()
                .ifPresent(progress -> events.add(new RunEvent.Progressed(
                        run, last, ordinal, progress.done(), progress.total(), progress.unit())));
        task.summary().ifPresent(text -> events.add(new RunEvent.ResultDescribed(run, last, ordinal, text)));
        task.failure()
                .ifPresent(failure -> events.add(new RunEvent.TaskFailed(
                        run,
                        last,
                        ordinal,
                        failure.exception(),
                        failure.message(),
                        failure.kind(),
                        failure.location(),
                        failure.trace())));
        if (status.state() != State.PENDING && status.state() != State.RUNNING) {
            events.add(new RunEvent.TaskStateChanged(
                    run, last, ordinal, status.state(), status.attempt(), status.message()));
        }
    }

    private void logged(LogRecord line) {
        events.add(new RunEvent.LogLine(run, line.at(), line.ordinal(), line.level(), line.text(), line.cached()));
    }
}
