package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a value of one call may reach another call more than once. */
class LoopsOfFlowsTest {
    private static FlowGraph graph(String body) {
        return Cells.of(
                        "%%task\nString a(int n) { return \"\" + n; }",
                        "%%task\nint b(String s, int n) { return n; }",
                        "%%flow\nint f(List<Integer> l) throws Exception {\n" + body + "\n}")
                .notebook()
                .graph(new TaskName("f"))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return b(a(1), 1);",
                "return map(l, n -> b(a(n), n)).size();",
                "for (int n : l) { String t = a(n); b(t, n); } return 1;",
                "var all = map(l, n -> a(n)); return b(all.get(0), 1);",
                "String t = a(1); var one = submit(() -> b(t, 1)); return one.get();"
            })
    void once(String body) {
        FlowGraph graph = graph(body);
        assertThat(graph.edges()).containsExactly(new FlowGraph.Edge("a", "b"));
        assertThat(graph.mayShareInputsOf(new TaskName("b"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String t = a(1); return map(l, n -> b(t, n)).size();",
                "String t = a(1); for (int n : l) b(t, n); return 1;",
                "String t = a(1); for (int n = 0; n < 3; n++) b(t, n); return 1;",
                "String t = a(1); int n = 0; while (n++ < 3) b(t, n); return 1;",
                "return map(l, n -> { String t = a(n); for (int m : l) b(t, m); return 1; }).size();",
                "var all = map(l, n -> a(n)); return map(l, n -> b(all.get(0), n)).size();"
            })
    void perhaps_more_than_once(String body) {
        FlowGraph graph = graph(body);
        assertThat(graph.edges()).containsExactly(new FlowGraph.Edge("a", "b", true));
        assertThat(graph.mayShareInputsOf(new TaskName("b"))).isTrue();
    }
}
