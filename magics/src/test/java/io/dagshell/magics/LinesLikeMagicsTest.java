package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.CellError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java whose lines begin as magics do: the session, the keys and the slice read it alike. */
@Timeout(120)
class LinesLikeMagicsTest {
    private static final String TASK = "%%task cache\nString t(int x) {\n    return \"\" + h(x);\n}";
    private static final String FLOW = "%%flow\nString f(int x) {\n    return t(x);\n}";

    @TempDir
    Path folder;

    /** A helper cell, and what the task that calls it with 7 returns. */
    static Stream<Arguments> helpers() {
        return Stream.of(
                Arguments.of("int h(int x) {\n    return x\n    % 2\n    + 1;\n}", "2"),
                Arguments.of("int h(int x) {\n    return x\n    % 4\n    + 1;\n}", "4"),
                Arguments.of("int h(int x) {\n    int y = 4;\n    return x\n%y\n;\n}", "3"),
                Arguments.of(
                        "static final int Y = 5;\nstatic final int K = 17\n%Y\n;\nint h(int x) { return x + K; }", "9"),
                Arguments.of("boolean h(int x) {\n    boolean b = x > 9;\n    return x > 1\n && \n !b;\n}", "true"),
                Arguments.of("boolean h(int x) {\n    boolean b = x > 1;\n    return x > 1\n && \n !b;\n}", "false"),
                Arguments.of(
                        "String h(int x) {\n    return \"\"\"\n%env HOME\n!ls\n\"\"\" + x;\n}", "%env HOME\n!ls\n7"),
                Arguments.of(
                        "String h(int x) {\n    return \"\"\"\n%env PATH\n!ls\n\"\"\" + x;\n}", "%env PATH\n!ls\n7"),
                Arguments.of("%env HOME\nint h(int x) { return x; }\n%lsmagic", "7"),
                Arguments.of("/*\n%%sql\n*/ int h(int x) { return +x; }", "7"),
                Arguments.of("%%time\nint h(int x) { return 2 * x; }", "14"));
    }

    @ParameterizedTest
    @MethodSource("helpers")
    void session_and_slice_compute_the_same_under_the_same_key(String helper, String value) throws Exception {
        SlicedFlow sliced = SlicedFlow.of("f", helper, TASK, FLOW);
        assertThat(sliced.run(folder.resolve("slice"), 7)).isEqualTo(value);
        try (NotebookSessions notebook = NotebookSessions.open(folder.resolve("session"))) {
            List.of(helper, TASK, FLOW).forEach(notebook::value);
            assertThat(notebook.value("f(7)")).isEqualTo(value);
            assertThat(parts(notebook.extension.definitions()))
                    .isEqualTo(parts(sliced))
                    .isNotEmpty();
        }
    }

    @Test
    void commands_questions_and_listings_are_left_out_of_the_slice() throws Exception {
        String helper = "!ls -l\nint h(int x) { return 3 * x; }\n?h\n/vars\n! echo 'int h(int x) {'";
        SlicedFlow sliced = SlicedFlow.of("f", "%%bash\nint h(int x) { return 4; }", helper, TASK, FLOW);

        assertThat(sliced.run(folder, 7)).isEqualTo("21");
    }

    @Test
    void helpers_that_differ_have_different_keys() {
        Map<Map<String, String>, List<String>> byKey = new LinkedHashMap<>();
        for (Arguments each : helpers().toList()) {
            String helper = (String) each.get()[0];
            byKey.computeIfAbsent(parts(SlicedFlow.of("f", helper, TASK, FLOW)), key -> new ArrayList<>())
                    .add(helper);
        }
        assertThat(byKey.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    @Test
    void a_task_header_below_a_magic_is_refused_alike_with_its_line() {
        String cell = "%env HOME\n%%task cache\nint t(int x) { return x; }";
        String told = "%%task must be the first line of its cell";
        try (NotebookSessions notebook = NotebookSessions.open(folder)) {
            CellError refused = notebook.refused(cell);
            assertThat(refused.message()).contains(told);
            assertThat(refused.line()).isEqualTo(2);
        }
        assertThatThrownBy(() -> SlicedFlow.of("f", cell, FLOW)).hasMessageStartingWith("etl.ipynb[1]:2: " + told);
    }

    /** Digest of each part of the task's code. */
    private static Map<String, String> parts(Definitions definitions) {
        Map<String, String> parts = new LinkedHashMap<>();
        ((CodeIdentity.Known) definitions.named(new TaskName("t")).orElseThrow().code())
                .parts()
                .forEach(part -> parts.put(part.kind() + " " + part.name(), part.digest()));
        return parts;
    }
}
