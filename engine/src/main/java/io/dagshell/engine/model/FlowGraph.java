package io.dagshell.engine.model;

import java.util.List;

/**
 * The DAG a flow would run, read from its source: one node per call site, edges by data. Acyclic.
 *
 * @param nodes in source order
 * @param edges between node ids
 */
public record FlowGraph(List<Node> nodes, List<Edge> edges) {
    public FlowGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A call in the flow.
     *
     * @param id unique in the graph: {@code fetch}, {@code fetch-2} for a second call site
     * @param task the task or subflow called
     * @param kind what it is
     * @param mapped called in a {@code map}: any number of times
     */
    public record Node(String id, TaskName task, Kind kind, boolean mapped) {}

    /** A value travels from one call to another. */
    public record Edge(String from, String to) {}
}
