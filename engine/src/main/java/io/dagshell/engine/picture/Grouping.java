package io.dagshell.engine.picture;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is drawn of a graph: all of it, or, where nobody could read that, one node for all calls of a task that are
 * equally far along. A node for several calls says how many, and how they fare.
 *
 * @param graph as drawn; a group has the id of its first call
 * @param states by id of the drawn node, of a group the state that needs attention most
 * @param notes by id of the drawn node
 * @param sizes calls behind a drawn node, by id; groups only
 * @param tellings how the calls of a group fare, by id: {@code 298 Completed, 2 Failed}
 */
record Grouping(
        FlowGraph graph,
        Map<String, State> states,
        Map<String, String> notes,
        Map<String, Integer> sizes,
        Map<String, String> tellings) {
    /** Up to this many nodes can be read one by one. */
    private static final int READABLE = 60;

    /** The last needs attention most. */
    private static final List<State> BY_ATTENTION = List.of(
            State.CACHED,
            State.COMPLETED,
            State.SCHEDULED,
            State.PENDING,
            State.LATE,
            State.CANCELLED,
            State.CANCELLING,
            State.PAUSED,
            State.RUNNING,
            State.AWAITING_RETRY,
            State.CRASHED,
            State.FAILED);

    private record Place(TaskName task, Kind kind, int depth) {}

    static Grouping of(FlowGraph graph, Map<String, State> states, Map<String, String> notes) {
        if (graph.nodes().size() <= READABLE) {
            return new Grouping(graph, states, notes, Map.of(), Map.of());
        }
        Map<String, Integer> depths = LayeredLayout.depths(graph);
        Map<Place, List<FlowGraph.Node>> places = graph.nodes().stream()
                .collect(Collectors.groupingBy(
                        node -> new Place(node.task(), node.kind(), depths.getOrDefault(node.id(), 0)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Groups groups = new Groups(states, notes);
        places.values().forEach(groups::add);
        return groups.drawn(graph);
    }

    private static final class Groups {
        private final Map<String, State> states;
        private final Map<String, String> notes;
        private final List<FlowGraph.Node> nodes = new ArrayList<>();
        private final Map<String, String> groupOf = new HashMap<>();
        private final Map<String, State> groupStates = new HashMap<>();
        private final Map<String, String> groupNotes = new HashMap<>();
        private final Map<String, Integer> sizes = new HashMap<>();
        private final Map<String, String> tellings = new HashMap<>();

        private Groups(Map<String, State> states, Map<String, String> notes) {
            this.states = states;
            this.notes = notes;
        }

        private void add(List<FlowGraph.Node> members) {
            FlowGraph.Node first = members.get(0);
            boolean mapped = members.stream().anyMatch(FlowGraph.Node::mapped);
            nodes.add(new FlowGraph.Node(first.id(), first.task(), first.kind(), mapped));
            members.forEach(member -> groupOf.put(member.id(), first.id()));
            members.stream()
                    .map(member -> states.get(member.id()))
                    .filter(Objects::nonNull)
                    .max(Comparator.comparingInt(BY_ATTENTION::indexOf))
                    .ifPresent(state -> groupStates.put(first.id(), state));
            note(members).ifPresent(note -> groupNotes.put(first.id(), note));
            if (members.size() > 1) {
                sizes.put(first.id(), members.size());
                tellings.put(first.id(), telling(members));
            }
        }

        private Optional<String> note(List<FlowGraph.Node> members) {
            Set<String> all = members.stream()
                    .map(member -> notes.get(member.id()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
        }

        private String telling(List<FlowGraph.Node> members) {
            Map<State, Integer> counts = new EnumMap<>(State.class);
            for (FlowGraph.Node member : members) {
                State state = states.get(member.id());
                if (state != null) {
                    counts.merge(state, 1, Integer::sum);
                }
            }
            return counts.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey().word())
                    .collect(Collectors.joining(", "));
        }

        private Grouping drawn(FlowGraph graph) {
            Set<FlowGraph.Edge> edges = new LinkedHashSet<>();
            for (FlowGraph.Edge edge : graph.edges()) {
                String from = groupOf.get(edge.from());
                String to = groupOf.get(edge.to());
                if (from != null && to != null && !from.equals(to)) {
                    edges.add(new FlowGraph.Edge(from, to));
                }
            }
            return new Grouping(new FlowGraph(nodes, List.copyOf(edges)), groupStates, groupNotes, sizes, tellings);
        }
    }
}
