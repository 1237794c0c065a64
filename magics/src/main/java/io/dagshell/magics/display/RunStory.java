package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.picture.DagPicture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run as far as its events told it. Thread-safe: every method holds this object's monitor. */
final class RunStory {
    private final RunEvent.RunStarted start;
    private final FlowGraph graph;
    private final Clock clock;
    private final Map<Integer, TaskRow> rows = new LinkedHashMap<>();
    private final ShownArtifacts artifacts = new ShownArtifacts();
    private RunEvent.@Nullable RunFinished end;

    RunStory(RunEvent.RunStarted start, FlowGraph graph, Clock clock) {
        this.start = start;
        this.graph = graph;
        this.clock = clock;
    }

    synchronized void add(RunEvent event) {
        if (event instanceof RunEvent.TaskCreated created) {
            rows.put(created.ordinal(), new TaskRow(created, depth(created)));
        } else if (event instanceof RunEvent.TaskStateChanged change) {
            row(change.ordinal()).ifPresent(row -> row.become(change));
        } else if (event instanceof RunEvent.CacheConsulted consulted) {
            row(consulted.ordinal()).ifPresent(row -> row.cache = consulted);
        } else if (event instanceof RunEvent.Progressed progressed) {
            row(progressed.ordinal()).ifPresent(row -> row.progress = progressed);
        } else if (event instanceof RunEvent.ResultDescribed described) {
            row(described.ordinal()).ifPresent(row -> row.result = described.summary());
        } else if (event instanceof RunEvent.TaskFailed failed) {
            row(failed.ordinal()).ifPresent(row -> row.failure = failed);
        } else if (event instanceof RunEvent.ArtifactRecorded artifact) {
            artifacts.add(artifact);
        } else if (event instanceof RunEvent.RunFinished finished) {
            end = finished;
        }
    }

    /** What it looks like now. */
    synchronized RunPicture picture() {
        Instant now = end == null ? clock.instant() : end.at();
        State state = end == null ? State.RUNNING : end.state();
        List<TaskRow> shown = new ArrayList<>(rows.values());
        if (start.kind() == Kind.FLOW && !shown.isEmpty()) {
            shown.remove(0);
        }
        return new RunPicture(
                start.title(),
                state,
                Duration.between(start.at(), now),
                end != null,
                svg(),
                RowGroups.of(shown, now),
                failure(),
                start.run().toString(),
                artifacts.text(),
                artifacts.html(end != null));
    }

    private String svg() {
        if (start.kind() != Kind.FLOW) {
            return "";
        }
        return DagPicture.svg(graph, nodeStates());
    }

    /** The state of each node from the calls it stands for: the n-th call of a name is its n-th place, later ones the last. */
    private Map<String, State> nodeStates() {
        Map<String, List<String>> places = new HashMap<>();
        graph.nodes()
                .forEach(node -> places.computeIfAbsent(node.task().value(), any -> new ArrayList<>())
                        .add(node.id()));
        Map<String, Integer> seen = new HashMap<>();
        Map<String, State> states = new HashMap<>();
        for (TaskRow row : rows.values()) {
            List<String> ids = places.get(row.name());
            if (ids == null || row.depth != 1) {
                continue;
            }
            int place = Math.min(seen.merge(row.name(), 1, Integer::sum), ids.size()) - 1;
            states.merge(ids.get(place), row.state, RunStory::together);
        }
        return states;
    }

    /** One state for several calls: what went wrong, else what goes on, else what was done. */
    static State together(State one, State other) {
        return weight(one) >= weight(other) ? one : other;
    }

    private static int weight(State state) {
        return switch (state) {
            case FAILED, CRASHED -> 6;
            case AWAITING_RETRY, PAUSED, CANCELLING -> 5;
            case RUNNING -> 4;
            case CANCELLED -> 3;
            case SCHEDULED, LATE, PENDING -> 2;
            case COMPLETED -> 1;
            case CACHED -> 0;
        };
    }

    /** The deepest call that failed: where the user's line is. */
    private Optional<RunEvent.TaskFailed> failure() {
        RunEvent.TaskFailed found = null;
        int depth = -1;
        for (TaskRow row : rows.values()) {
            if (row.failure != null && row.depth > depth) {
                found = row.failure;
                depth = row.depth;
            }
        }
        return Optional.ofNullable(found);
    }

    private int depth(RunEvent.TaskCreated created) {
        if (created.parent().isEmpty()) {
            return 0;
        }
        return row(created.parent().getAsInt()).map(row -> row.depth + 1).orElse(0);
    }

    private Optional<TaskRow> row(int ordinal) {
        return Optional.ofNullable(rows.get(ordinal));
    }
}
