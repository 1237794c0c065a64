package io.dagshell.server.web;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.picture.DagPicture;
import io.dagshell.store.TaskRunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The graphs of a run's flows, read from the calls that were made: a node for each name a flow called. */
public final class RunGraphs {
    private static final int MOST_PICTURES = 6;
    private static final int MOST_NODES = 40;

    private final Calls calls;
    private final Map<String, OneFlow> flows = new LinkedHashMap<>();

    /** What the calls of one flow called. */
    private static final class OneFlow {
        final Map<String, Integer> counts = new LinkedHashMap<>();
        final Map<String, Kind> kinds = new HashMap<>();
        final Map<String, State> states = new HashMap<>();
        final Set<FlowGraph.Edge> edges = new LinkedHashSet<>();
        int calls;
    }

    /** A flow and its graph as SVG, which is made of escaped text. */
    public record Picture(String flow, int calls, String svg) {}

    private RunGraphs(Calls calls) {
        this.calls = calls;
        for (TaskRunRecord call : calls.all()) {
            if (call.call().kind() == Kind.FLOW) {
                flows.computeIfAbsent(call.call().task().value(), any -> new OneFlow()).calls++;
            }
            OptionalInt parent = call.call().parent();
            if (parent.isPresent()) {
                calls.find(parent.getAsInt()).ifPresent(flow -> add(flow, call));
            }
        }
    }

    static List<Picture> of(Calls calls) {
        List<Picture> pictures = new ArrayList<>();
        new RunGraphs(calls).flows.forEach((name, flow) -> {
            if (!flow.counts.isEmpty() && flow.counts.size() <= MOST_NODES && pictures.size() < MOST_PICTURES) {
                pictures.add(new Picture(name, flow.calls, DagPicture.svg(graph(flow), flow.states)));
            }
        });
        return pictures;
    }

    private void add(TaskRunRecord parent, TaskRunRecord call) {
        OneFlow flow = flows.computeIfAbsent(parent.call().task().value(), any -> new OneFlow());
        String name = call.call().task().value();
        flow.counts.merge(name, 1, Integer::sum);
        flow.kinds.put(name, call.call().kind());
        flow.states.merge(name, call.status().state(), Calls::worst);
        for (int ordinal : call.call().upstream()) {
            calls.find(ordinal)
                    .filter(other -> other.call().parent().equals(call.call().parent()))
                    .map(other -> other.call().task().value())
                    .filter(other -> !other.equals(name))
                    .ifPresent(other -> flow.edges.add(new FlowGraph.Edge(other, name)));
        }
    }

    private static FlowGraph graph(OneFlow flow) {
        List<FlowGraph.Node> nodes = new ArrayList<>();
        flow.counts.forEach((name, count) -> nodes.add(new FlowGraph.Node(
                name,
                new TaskName(name),
                flow.kinds.getOrDefault(name, Kind.TASK),
                (double) count / Math.max(1, flow.calls) > 1)));
        return new FlowGraph(nodes, List.copyOf(flow.edges));
    }
}
