package io.dagshell.engine.picture;

import io.dagshell.engine.model.FlowGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Places the nodes of a graph in layers, so that values travel one way: longest path for layers, a stop in every layer
 * a long edge passes, barycentres for the order within a layer. An edge that closes a circle is drawn but does not
 * count for the layers. Same graph, same places.
 */
final class LayeredLayout {
    private static final int SWEEPS = 4;

    private final Map<String, Stop> stops = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<List<Stop>> layers = new ArrayList<>();

    /** A node, or the place where a long edge passes a layer. */
    static final class Stop {
        final String id;
        final int layer;
        final int size;
        final List<Stop> before = new ArrayList<>();
        final List<Stop> after = new ArrayList<>();
        double position;

        Stop(String id, int layer, int size) {
            this.id = id;
            this.layer = layer;
            this.size = size;
        }

        /** Centre across the layers' direction. */
        double centre() {
            return position + size / 2.0;
        }
    }

    /** The stops an edge goes through, its ends included. */
    record Route(List<Stop> stops) {}

    /**
     * Lays out {@code graph}.
     *
     * @param size of a node across the layers' direction
     * @param gap between neighbours of a layer
     */
    LayeredLayout(FlowGraph graph, ToIntFunction<FlowGraph.Node> size, int gap) {
        Map<String, Set<String>> before = forwardEdges(graph);
        Map<String, Integer> depths = depths(graph, before);
        for (FlowGraph.Node node : graph.nodes()) {
            place(new Stop(node.id(), depths.getOrDefault(node.id(), 0), size.applyAsInt(node)));
        }
        for (FlowGraph.Edge edge : graph.edges()) {
            route(edge, before);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(sweep % 2 == 0);
        }
        assign(gap);
    }

    List<List<Stop>> layers() {
        return layers;
    }

    List<Route> routes() {
        return routes;
    }

    Stop stop(String id) {
        Stop stop = stops.get(id);
        if (stop == null) {
            throw new IllegalArgumentException("no node " + id + " in the graph");
        }
        return stop;
    }

    double extent() {
        return layers.stream()
                .flatMap(List::stream)
                .mapToDouble(stop -> stop.position + stop.size)
                .max()
                .orElse(0);
    }

    /** Predecessors by node, without edges of unknown nodes, to itself, or back to where a walk came from. */
    private static Map<String, Set<String>> forwardEdges(FlowGraph graph) {
        Map<String, List<String>> next = new LinkedHashMap<>();
        graph.nodes().forEach(node -> next.put(node.id(), new ArrayList<>()));
        for (FlowGraph.Edge edge : graph.edges()) {
            List<String> targets = next.get(edge.from());
            if (targets != null && next.containsKey(edge.to())) {
                targets.add(edge.to());
            }
        }
        Map<String, Set<String>> before = new HashMap<>();
        Set<String> done = new HashSet<>();
        for (String id : next.keySet()) {
            walk(id, next, new HashSet<>(), done, before);
        }
        return before;
    }

    private static void walk(
            String id,
            Map<String, List<String>> next,
            Set<String> open,
            Set<String> done,
            Map<String, Set<String>> before) {
        if (!done.add(id)) {
            return;
        }
        open.add(id);
        for (String target : next.getOrDefault(id, List.of())) {
            if (!open.contains(target)) {
                before.computeIfAbsent(target, any -> new HashSet<>()).add(id);
                walk(target, next, open, done, before);
            }
        }
        open.remove(id);
    }

    /** The layer of each node. */
    static Map<String, Integer> depths(FlowGraph graph) {
        return depths(graph, forwardEdges(graph));
    }

    private static Map<String, Integer> depths(FlowGraph graph, Map<String, Set<String>> before) {
        Map<String, Integer> depths = new HashMap<>();
        graph.nodes().forEach(node -> depth(node.id(), before, depths));
        return depths;
    }

    private static int depth(String id, Map<String, Set<String>> before, Map<String, Integer> known) {
        Integer answer = known.get(id);
        if (answer != null) {
            return answer;
        }
        int deepest = 0;
        for (String earlier : before.getOrDefault(id, Set.of())) {
            deepest = Math.max(deepest, depth(earlier, before, known) + 1);
        }
        known.put(id, deepest);
        return deepest;
    }

    private void place(Stop stop) {
        while (layers.size() <= stop.layer) {
            layers.add(new ArrayList<>());
        }
        layers.get(stop.layer).add(stop);
        stops.put(stop.id, stop);
    }

    private void route(FlowGraph.Edge edge, Map<String, Set<String>> before) {
        Stop from = stops.get(edge.from());
        Stop to = stops.get(edge.to());
        if (from == null || to == null || from == to) {
            return;
        }
        List<Stop> through = new ArrayList<>(List.of(from));
        if (before.getOrDefault(to.id, Set.of()).contains(from.id)) {
            for (int layer = from.layer + 1; layer < to.layer; layer++) {
                through.add(new Stop(edge.from() + "→" + edge.to() + "@" + layer, layer, 0));
            }
        }
        through.add(to);
        for (int i = 1; i < through.size(); i++) {
            if (i < through.size() - 1) {
                place(through.get(i));
            }
            through.get(i - 1).after.add(through.get(i));
            through.get(i).before.add(through.get(i - 1));
        }
        routes.add(new Route(through));
    }

    private void order(boolean forward) {
        List<List<Stop>> sequence = new ArrayList<>(layers);
        if (!forward) {
            Collections.reverse(sequence);
        }
        for (List<Stop> layer : sequence) {
            Map<Stop, Double> weight = new HashMap<>();
            for (int i = 0; i < layer.size(); i++) {
                Stop stop = layer.get(i);
                List<Stop> neighbours = forward ? stop.before : stop.after;
                weight.put(
                        stop,
                        neighbours.stream().mapToDouble(n -> rank(n)).average().orElse(i));
            }
            layer.sort(Comparator.comparingDouble(stop -> weight.getOrDefault(stop, 0.0)));
        }
    }

    private double rank(Stop stop) {
        return layers.get(stop.layer).indexOf(stop);
    }

    /** Packs each layer, and centres it beside the widest. */
    private void assign(int gap) {
        double widest = 0;
        for (List<Stop> layer : layers) {
            double at = 0;
            for (Stop stop : layer) {
                stop.position = at;
                at += stop.size + gap;
            }
            widest = Math.max(widest, at - gap);
        }
        for (List<Stop> layer : layers) {
            Stop last = layer.get(layer.size() - 1);
            double shift = (widest - last.position - last.size) / 2;
            layer.forEach(stop -> stop.position += shift);
        }
    }
}
