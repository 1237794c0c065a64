package io.dagshell.magics;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.picture.DagPicture;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.kernel.session.CellOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The graphs under the cells that declare flows. When another cell changes a task, the graphs that have it are marked
 * where they stand. Used by the session's thread.
 */
final class FlowPictures {
    private final Map<TaskName, Shown> shown = new HashMap<>();

    /** A graph on display, and what is said of its nodes. */
    private record Shown(FlowGraph graph, Map<String, String> notes) {
        MimeBundle bundle() {
            StringBuilder text = new StringBuilder(way(graph));
            notes.forEach((node, note) ->
                    text.append("\n  ").append(node).append(": ").append(note));
            return MimeBundle.text(text.toString()).with(MimeBundle.HTML, DagPicture.svg(graph, Map.of(), notes));
        }
    }

    private static String displayId(TaskName flow) {
        return "dagshell-flow-" + flow;
    }

    void show(TaskName flow, FlowGraph graph, CellOutput output) {
        Shown picture = new Shown(graph, new TreeMap<>());
        shown.put(flow, picture);
        output.display(picture.bundle().content(), Optional.of(displayId(flow)));
    }

    void mark(List<ChangedTasks.Changed> tasks, CellOutput output) {
        shown.forEach((flow, picture) -> {
            boolean marked = false;
            for (FlowGraph.Node node : picture.graph().nodes()) {
                for (ChangedTasks.Changed each : tasks) {
                    if (each.task().equals(node.task())) {
                        picture.notes().put(node.id(), "its code was changed by cell " + each.by());
                        marked = true;
                    }
                }
            }
            if (marked) {
                output.update(picture.bundle().content(), displayId(flow));
            }
        });
    }

    /** A chain in one line; otherwise the calls, then who gives to whom. */
    private static String way(FlowGraph graph) {
        List<String> nodes = graph.nodes().stream()
                .map(node -> node.id() + (node.mapped() ? "×n" : ""))
                .toList();
        List<FlowGraph.Edge> chain = new ArrayList<>();
        for (int i = 1; i < nodes.size(); i++) {
            chain.add(new FlowGraph.Edge(
                    graph.nodes().get(i - 1).id(), graph.nodes().get(i).id()));
        }
        List<FlowGraph.Edge> edges = graph.edges().stream()
                .map(edge -> new FlowGraph.Edge(edge.from(), edge.to()))
                .toList();
        if (edges.equals(chain)) {
            return "would run " + String.join(" → ", nodes);
        }
        StringBuilder text = new StringBuilder("would run ").append(String.join(", ", nodes));
        graph.edges()
                .forEach(edge ->
                        text.append("\n  ").append(edge.from()).append(" → ").append(edge.to()));
        return text.toString();
    }
}
