package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cell says of the tasks it changes elsewhere. */
@Timeout(120)
class ChangedTasksTest {
    private static final String MISSES = "changes task `clean` (cell 4): its next run misses the cache\n";

    @TempDir
    Path cache;

    private NotebookSessions notebook;

    @BeforeEach
    void declares_a_task_in_the_fourth_cell() {
        notebook = NotebookSessions.open(cache);
        notebook.value("static final int RATE = 2;");
        notebook.value("interface Shape { int area(); }\nint deep(int n) { return n; }");
        notebook.value("int h(long n) { return deep((int) n) * RATE; }");
        notebook.value("%%task cache\nint clean(int n, List<Shape> shapes) {\n    return h(n) + shapes.size();\n}");
        notebook.value("%%task\nint always(int n) {\n    return h(n);\n}");
        notebook.value("%%flow\nint both(int n) {\n    return always(clean(n, List.of()));\n}");
    }

    @AfterEach
    void closes() {
        notebook.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int deep(int n) { return n + 1; }",
                "static final int RATE = 3;",
                "int h(int n) { return 1; }",
                "interface Shape { long area(); }",
                "record Square(int a) implements Shape { public int area() { return a; } }\nint deep(int n) { return -n; }"
            })
    void a_cell_that_changes_what_a_task_reaches_says_so(String cell) {
        assertThat(notebook.run(cell).stdout()).isEqualTo(MISSES);
        assertThat(notebook.updates).hasSize(1).first().asString().contains("clean: its code was changed by cell 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int deep(int n) { return (n); } // as it was
            int unrelated(int n) { return n; }
            int x = 5; x += 1;
            record Square(int a) {}
            import java.util.concurrent.*;
            static final int RATE = 0x2;
            """)
    void a_cell_that_changes_nothing_of_it_says_nothing(String cell) {
        assertThat(notebook.run(cell).stdout()).isEmpty();
        assertThat(notebook.updates).isEmpty();
    }

    @Test
    void code_taken_back_is_told_as_such() {
        assertThat(notebook.run("int deep(int n) { return n + 1; }").stdout()).isEqualTo(MISSES);
        assertThat(notebook.run("int deep(int n) { return n; }").stdout())
                .isEqualTo("changes task `clean` (cell 4): its next run takes earlier results of that code again\n");
        assertThat(notebook.run("int deep(int n) { return n; }").stdout()).isEmpty();
    }

    @Test
    void the_tasks_own_cell_says_nothing() {
        assertThat(notebook.run("%%task cache\nint clean(int n, List<Shape> shapes) {\n    return -h(n);\n}")
                        .stdout())
                .isEmpty();
    }

    @Test
    void a_cell_that_fails_after_it_declared_is_told_by_the_next_that_runs() {
        notebook.refused("int deep(int n) { return n + 1; }\nthrow new IllegalStateException();");
        assertThat(notebook.run("1 + 1").stdout()).isEqualTo(MISSES);
        assertThat(notebook.updates).hasSize(1).first().asString().contains("clean: its code was changed by cell 7");
    }

    @Test
    void a_cell_that_follows_a_failed_one_and_changes_the_same_is_named() {
        notebook.refused("int deep(int n) { return n + 1; }\nthrow new IllegalStateException();");
        assertThat(notebook.run("int deep(int n) { return n + 2; }").stdout()).isEqualTo(MISSES);
        assertThat(notebook.updates).hasSize(1).first().asString().contains("clean: its code was changed by cell 8");
    }
}
