package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.session.CellError;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a session refuses of tasks, flows and constants, in words and at the line, and that it goes on after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RefusalsTest {
    private NotebookSessions notebook;

    @BeforeAll
    void opens(@TempDir Path cache) {
        notebook = NotebookSessions.open(cache);
        notebook.value("%%task\nint one() { return 1; }");
        notebook.value("%%flow\nint all() {\n    return one();\n}");
        notebook.value("int year = 2021;");
        notebook.value("static final int RATE = 2;");
    }

    @AfterAll
    void closes() {
        notebook.close();
    }

    private void refused(String cell, int line, String... words) {
        CellError error = notebook.refused(cell);
        assertThat(error.message()).contains(words);
        assertThat(error.line()).isEqualTo(line);
        assertThat(notebook.value("all() + RATE")).isEqualTo("3");
    }

    @Test
    void shapes() {
        refused("%%task\n\nint a() { return 1; }\nint b() { return 2; }", 4, "one method", "second", "'b'");
        refused("%%task\nint a = 1;", 2, "one method only", "'a'");
        refused("\n%%task\n", 2, "declares one method, this one declares none");
        refused("%%task\n<T> T a(T t) { return t; }", 2, "generic");
        refused("%%task\nint a(int... n) { return 1; }", 2, "fixed number");
        refused("%%flow\nimport java.util.*;\nint a() { return 1; }", 2, "the import");
    }

    @Test
    void headers() {
        refused("%%task retires=3\nint a() { return 1; }", 1, "unknown option 'retires'", "did you mean 'retries'?");
        refused("%%task retries=many\nint a() { return 1; }", 1, "'many' is no value of 'retries'");
        refused("%%task cache=soon\nint a() { return 1; }", 1, "'soon' is no value of 'cache'");
        refused("%%task effect cache\nint a() { return 1; }", 1, "effect", "cache");
        refused("%%task concurrency=2\nint a() { return 1; }", 1, "only of %%flow");
    }

    @Test
    void calls() {
        refused("%%task\nint a() {\n    return one();\n}", 2, "task a calls task one, only a flow may");
        refused("%%task\nint a() {\n    return all();\n}", 2, "task a calls flow all");
        refused("%%task\nint a(int n) {\n    return n == 0 ? 0 :\n        a(n - 1);\n}", 4, "task a calls itself");
    }

    @Test
    void hidden_state() {
        refused("%%task\nint a() {\n    return year;\n}", 3, "reads the notebook variable 'year': make it a parameter");
        refused("%%flow\nint a() {\n    return one() + year;\n}", 3, "flow a reads the notebook variable 'year'");
    }

    @Test
    void overloads_of_a_task() {
        refused("int two = 2;\nint one(int n) { return n; }", 2, "'one' is a task of cell 1 and has no overloads");
        refused("int all(String s) { return 1; }", 1, "'all' is a flow of cell 2");
    }

    @Test
    void other_values_for_a_constant() {
        refused("int a = 1;\nRATE = 5;", 2, "RATE is a constant and keeps its value");
        refused("RATE += 1", 1, "RATE is a constant");
        refused("int b = 1 +\n RATE++;", 2, "RATE is a constant");
        refused("int c() {\n    return --RATE;\n}", 2, "RATE is a constant");
        refused("Runnable r = () -> {\n    RATE = 3;\n};", 2, "RATE is a constant");
        refused("if (year > 0) { RATE = 4; }", 1, "RATE is a constant");
        notebook.value("int d() { int RATE = 1; RATE = 2; RATE++; return RATE; }");
        notebook.value("boolean same = RATE == 2;");
        assertThat(notebook.value("d()")).isEqualTo("3");
    }

    @Test
    void a_flow_that_calls_itself_without_end_says_so() {
        notebook.value("%%flow\nint again(int n) {\n    return again(n + 1);\n}");
        assertThat(notebook.refused("again(0)").message()).contains("again");
        assertThat(notebook.value("all()")).isEqualTo("1");
    }

    @Test
    void a_flow_cell_shows_what_it_would_run() {
        NotebookSessions.Shown shown = notebook.run("%%flow\nint twice() {\n    return one() + one();\n}");
        assertThat(shown.error()).isEmpty();
        assertThat(shown.displays()).singleElement().asString().contains("would run one, one-2");
        assertThat(notebook.events.stream().filter(event -> event.toString().contains("twice")))
                .isEmpty();
    }
}
