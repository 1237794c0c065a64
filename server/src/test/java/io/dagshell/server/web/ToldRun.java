package io.dagshell.server.web;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells a store of a run, event by event, as an engine does. */
final class ToldRun {
    static final TaskName FLOW = new TaskName("etl");

    final RunId id;
    private final RunSink sink;
    private final Instant start;
    private final CallPath root;
    private int calls;

    private ToldRun(RunSink sink, TaskName flow, Instant start) {
        this.sink = sink;
        this.root = CallPath.root().child(flow, 1);
        this.start = start;
        this.id = RunId.create(start);
    }

    static ToldRun begin(RunSink sink, String title, Instant start) {
        return begin(sink, FLOW, title, start);
    }

    static ToldRun begin(RunSink sink, TaskName flow, String title, Instant start) {
        return begin(sink, flow, title, start, "{\"year\":2021}", "etl.ipynb[7]");
    }

    static ToldRun begin(RunSink sink, String title, Instant start, String parameters, String source) {
        return begin(sink, FLOW, title, start, parameters, source);
    }

    private static ToldRun begin(
            RunSink sink, TaskName flow, String title, Instant start, String parameters, String source) {
        ToldRun run = new ToldRun(sink, flow, start);
        sink.accept(new RunStarted(run.id, start, flow, Kind.FLOW, title, parameters, "notebook", source));
        sink.accept(new TaskCreated(run.id, start, 0, flow, Kind.FLOW, run.root, OptionalInt.empty(), List.of()));
        return run.state(0, State.RUNNING, "");
    }

    /** A call of {@code task}; answers its ordinal. */
    int call(String task, Integer... upstream) {
        calls++;
        TaskName name = new TaskName(task);
        sink.accept(new TaskCreated(
                id, at(calls), calls, name, Kind.TASK, root.child(name, calls), OptionalInt.of(0), List.of(upstream)));
        state(calls, State.RUNNING, "");
        return calls;
    }

    ToldRun state(int ordinal, State state, String message) {
        sink.accept(new TaskStateChanged(
                id, at(calls + 1), ordinal, state, 1, Optional.of(message).filter(text -> !text.isEmpty())));
        return this;
    }

    ToldRun log(int ordinal, String level, String text) {
        sink.accept(new LogLine(id, at(calls + 1), ordinal, level, text, false));
        return this;
    }

    ToldRun result(int ordinal, String summary) {
        sink.accept(new ResultDescribed(id, at(calls + 1), ordinal, summary));
        return state(ordinal, State.COMPLETED, "");
    }

    ToldRun miss(int ordinal, String reason) {
        sink.accept(new CacheConsulted(
                id,
                at(calls + 1),
                ordinal,
                CacheOutcome.MISS,
                reason,
                Optional.of("ab12"),
                Optional.of(Duration.ofMinutes(5)),
                Optional.empty()));
        return this;
    }

    ToldRun key(int ordinal, KeyPart... parts) {
        sink.accept(new KeyRecorded(id, at(calls + 1), ordinal, new TaskName("fetch"), List.of(parts)));
        return this;
    }

    ToldRun shows(int ordinal, String name, String html, String text) {
        sink.accept(new ArtifactRecorded(
                id,
                at(calls + 1),
                ordinal,
                name,
                "value",
                new MimeBundle(html.isEmpty() ? Map.of("text/plain", text) : Map.of("text/html", html))));
        return this;
    }

    ToldRun fails(int ordinal, String location, String message) {
        sink.accept(new TaskFailed(
                id,
                at(calls + 1),
                ordinal,
                "java.io.IOException",
                message,
                FailureKind.USER,
                location,
                "java.io.IOException: " + message + "\n    at load (" + location + ")"));
        return state(ordinal, State.FAILED, "IOException: " + message);
    }

    RunId finish(State state, String message) {
        state(0, state, message);
        sink.accept(
                new RunFinished(id, at(calls + 2), state, Optional.of(message).filter(text -> !text.isEmpty())));
        sink.flush();
        return id;
    }

    private Instant at(long step) {
        return start.plusMillis(10 * step);
    }
}
