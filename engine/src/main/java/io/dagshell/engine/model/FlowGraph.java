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

    /**
     * A value travels from one call to another.
     *
     * @param many {@code to} may be called several times with one value of {@code from}: it stands in a loop that
     *     {@code from} does not stand in
     */
    public record Edge(String from, String to, boolean many) {
        /** To one call, once. */
        public Edge(String from, String to) {
            this(from, to, false);
        }
    }

    /**
     * Whether what the calls of a task are given may have another reader, as far as the source tells. What comes from no
     * call of this flow (a parameter, a table the flow makes itself) counts as shared.
     */
    public boolean mayShareInputsOf(TaskName task) {
        List<String> calls = nodes.stream()
                .filter(node -> node.task().equals(task))
                .map(Node::id)
                .toList();
        return calls.isEmpty() || calls.stream().anyMatch(this::mayShareInputs);
    }

    private boolean mayShareInputs(String call) {
        List<String> sources = edges.stream()
                .filter(edge -> edge.to().equals(call))
                .map(Edge::from)
                .toList();
        return sources.isEmpty()
                || edges.stream()
                        .filter(edge -> sources.contains(edge.from()))
                        .anyMatch(edge -> edge.many() || !edge.to().equals(call));
    }
}
