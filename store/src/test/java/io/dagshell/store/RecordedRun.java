package io.dagshell.store;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Events as the engine tells them: a flow whose first task is a cache hit and whose second fails. */
final class RecordedRun {
    static final Instant START = Instant.parse("2021-01-31T06:30:00.123456Z");

    final RunId id;
    private final Instant start;

    private RecordedRun(RunId id, Instant start) {
        this.id = id;
        this.start = start;
    }

    static RecordedRun startedAt(Instant start) {
        return new RecordedRun(RunId.create(start), start);
    }

    Instant at(long millis) {
        return start.plusMillis(millis);
    }

    RunEvent started() {
        return new RunStarted(
                id,
                start,
                new TaskName("ingest"),
                Kind.FLOW,
                "Ingest ü",
                "{\"year\":2021}",
                "notebook",
                "etl.ipynb[7]");
    }

    RunEvent finished() {
        return new RunFinished(id, at(90), State.FAILED, Optional.of("IOException: 404"));
    }

    List<RunEvent> beginning() {
        CallPath root = CallPath.root().child(new TaskName("ingest"), 1);
        return List.of(
                started(),
                new TaskCreated(id, at(1), 0, new TaskName("ingest"), Kind.FLOW, root, OptionalInt.empty(), List.of()),
                new TaskStateChanged(id, at(2), 0, State.RUNNING, 1, Optional.empty()),
                created(1, "fetch", root, List.of()),
                new CacheConsulted(
                        id,
                        at(6),
                        1,
                        CacheOutcome.HIT,
                        "same key",
                        Optional.of("ab12"),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofMillis(2_400))),
                new ResultDescribed(id, at(7), 1, "100,000 rows × 18 columns"),
                new TaskStateChanged(id, at(8), 1, State.CACHED, 1, Optional.empty()),
                created(2, "load", root, List.of(1)),
                new TaskStateChanged(id, at(20), 2, State.RUNNING, 1, Optional.empty()),
                new Progressed(id, at(30), 2, 50_000, OptionalLong.of(98_029), "rows"),
                new LogLine(id, at(31), 2, "STDOUT", "half 'way'; drop table runs;--", false));
    }

    private RunEvent created(int ordinal, String name, CallPath root, List<Integer> upstream) {
        TaskName task = new TaskName(name);
        return new TaskCreated(
                id, at(5 * ordinal), ordinal, task, Kind.TASK, root.child(task, 1), OptionalInt.of(0), upstream);
    }

    List<RunEvent> all() {
        List<RunEvent> events = new ArrayList<>(beginning());
        events.add(new TaskFailed(
                id,
                at(80),
                2,
                "java.io.IOException",
                "404",
                FailureKind.RESOURCE,
                "etl.ipynb[3]:2",
                "java.io.IOException: 404\n    at load (etl.ipynb[3]:2)"));
        events.add(new TaskStateChanged(id, at(81), 2, State.FAILED, 2, Optional.of("IOException: 404")));
        events.add(new TaskStateChanged(id, at(82), 0, State.FAILED, 1, Optional.of("IOException: 404")));
        events.add(finished());
        return events;
    }
}
