package io.dagshell.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.FlowGraph.Edge;
import io.dagshell.engine.model.FlowGraph.Node;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls may share what they are given. */
class SharedInputsTest {

    /** {@code "fetch>clean"}, and with an asterisk behind it for many calls. */
    private static FlowGraph graph(String... edges) {
        List<Edge> values = Arrays.stream(edges)
                .map(edge -> new Edge(edge.split(">")[0], edge.split(">")[1].replace("*", ""), edge.endsWith("*")))
                .toList();
        List<Node> nodes = values.stream()
                .flatMap(edge -> java.util.stream.Stream.of(edge.from(), edge.to()))
                .distinct()
                .map(id -> new Node(id, new TaskName(id.replaceAll("-\\d", "")), Kind.TASK, false))
                .toList();
        return new FlowGraph(nodes, values);
    }

    private static boolean shares(FlowGraph graph, String task) {
        return graph.mayShareInputsOf(new TaskName(task));
    }

    @Test
    void a_chain_shares_nothing() {
        FlowGraph chain = graph("fetch>clean", "clean>load");
        assertThat(shares(chain, "clean")).isFalse();
        assertThat(shares(chain, "load")).isFalse();
    }

    @Test
    void two_readers_share_also_when_one_is_called_twice_or_in_a_loop() {
        assertThat(shares(graph("fetch>clean", "fetch>load"), "clean")).isTrue();
        assertThat(shares(graph("fetch>clean", "fetch>clean-2"), "clean")).isTrue();
        assertThat(shares(graph("fetch>clean*"), "clean")).isTrue();
        assertThat(shares(graph("fetch>join", "other>join", "other>load"), "join"))
                .isTrue();
    }

    @Test
    void what_comes_from_elsewhere_counts_as_shared() {
        FlowGraph chain = graph("fetch>clean");
        assertThat(shares(chain, "fetch")).isTrue();
        assertThat(shares(chain, "unknown")).isTrue();
    }
}
