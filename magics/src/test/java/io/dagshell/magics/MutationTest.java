package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a task run again in a session, and what does not; counted by the task itself. */
@Timeout(120)
class MutationTest {
    private static final String TASK = """
            %%task cache
            int t(int n, List<Square> shapes) {
                System.setProperty("ran", "" + (Integer.getInteger("ran", 0) + 1));
                int sum = h(n) + RATE + Color.GREEN.weight + max(n, 0);
                for (Shape shape : shapes) sum += shape.area();
                return sum;
            }
            """;
    private static final List<String> CELLS = List.of(
            "import static java.lang.Math.max;",
            "static final int BASE = 1;",
            "static final int RATE = BASE + 1;",
            "enum Color { RED(1), GREEN(2); final int weight; Color(int weight) { this.weight = weight; } }",
            "interface Shape { int area(); }",
            "record Square(int side) implements Shape { public int area() { return side * side; } }",
            "int deep(int n) { return n + 1; }",
            "int h(int n) { return deep(n) * 2; }",
            TASK);
    private static final String CALL = "t(3, List.of(new Square(2)))";

    @TempDir
    Path cache;

    private NotebookSessions notebook;

    @BeforeEach
    void runs_the_task_once() {
        System.setProperty("ran", "0");
        notebook = NotebookSessions.open(cache);
        CELLS.forEach(notebook::value);
        assertThat(notebook.value(CALL)).isEqualTo("19");
        assertThat(Integer.getInteger("ran")).isOne();
    }

    @AfterEach
    void closes() {
        notebook.close();
        System.clearProperty("ran");
    }

    static List<String> cosmetic() {
        return List.of(
                TASK.replace("%%task cache", "%%task cache=1d retries=2 tags=a name=\"T\" timeout=5m"),
                TASK.replace("int sum", "// the sum\n    int   sum"),
                TASK.replace("h(n) + RATE", "(h(n)) + RATE"),
                "int deep(int n) {\n    /* one more */ return n + 0x1;\n}",
                "int h(int n) { return (deep(n) * 2); } // twice",
                "record Square(int side) implements Shape {\n  public int area() { return side * side; }\n}",
                "static final int BASE = 1;\nstatic final int RATE = BASE + 1;",
                "static final int RATE = BASE + 0b1;",
                "import static java.lang.Math.max;\nimport java.util.concurrent.*;",
                "int unrelated(int n) { return n; }\nint x = 5; x += 1;",
                "record Unrelated(int n) {}");
    }

    @ParameterizedTest
    @MethodSource("cosmetic")
    void a_cosmetic_change_is_a_hit(String cell) {
        notebook.value(cell);
        assertThat(notebook.value(CALL)).isEqualTo("19");
        assertThat(Integer.getInteger("ran")).isOne();
    }

    static List<List<String>> changes() {
        return List.of(
                List.of(TASK.replace("sum += shape", "sum += 1 + shape"), CALL, "20"),
                List.of(TASK.replace("cache", "cache version=2"), CALL, "19"),
                List.of("int h(int n) { return deep(n) * 3; }", CALL, "23"),
                List.of("int deep(int n) { return n + 2; }", CALL, "21"),
                List.of("int h(int n) { return deep(n) * 2 + 1; }\nint deep(int n) { return n; }", CALL, "18"),
                List.of("static final int BASE = 1;\nstatic final int RATE = BASE + 2;", CALL, "20"),
                List.of("static final int RATE = 5;", CALL, "22"),
                List.of(
                        "enum Color { RED(1), GREEN(4); final int weight; Color(int weight) { this.weight = weight; } }",
                        CALL,
                        "21"),
                List.of("record Square(int side) implements Shape { public int area() { return side; } }", CALL, "17"),
                List.of("record Circle(int r) implements Shape { public int area() { return 3; } }", CALL, "19"),
                List.of("%%time\nint deep(int n) { return n + 2; }", CALL, "21"),
                List.of("", "t(4, List.of(new Square(2)))", "22"),
                List.of("", "t(3, List.of())", "15"),
                List.of("", "t(3, new ArrayList<>(List.of(new Square(3))))", "24"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_change_that_may_matter_recomputes(List<String> change) {
        notebook.value(change.get(0));
        assertThat(notebook.value(change.get(1))).isEqualTo(change.get(2));
        assertThat(Integer.getInteger("ran")).isEqualTo(2);
    }

    @Test
    void a_change_taken_back_is_a_hit_again() {
        notebook.value("int deep(int n) { return n + 2; }");
        assertThat(notebook.value(CALL)).isEqualTo("21");
        notebook.value("int deep(int n) { return n + 1; }");
        assertThat(notebook.value(CALL)).isEqualTo("19");
        assertThat(Integer.getInteger("ran")).isEqualTo(2);
    }

    @Test
    void a_lambda_made_before_a_helper_changed_never_stores_under_the_new_key() {
        notebook.value(
                "Callable<Integer> old = () -> t(7, List.of());".replace("Callable", "java.util.concurrent.Callable"));
        notebook.value("int deep(int n) { return n + 2; }");
        notebook.value("old.call()");
        notebook.value("int before = t(7, List.of())");
        assertThat(notebook.value("before")).isEqualTo("29");
        assertThat(notebook.value("t(7, List.of())")).isEqualTo("29");
    }

    @Test
    void a_future_that_runs_on_while_a_helper_changes_never_stores_under_the_new_key() {
        notebook.value("var gate = new java.util.concurrent.CountDownLatch(1);\n"
                + "var future = submit(() -> { gate.await(); return t(8, List.of()); });");
        notebook.value("int deep(int n) { return n + 2; }");
        notebook.value("gate.countDown(); future.get()");
        assertThat(notebook.value("t(8, List.of())")).isEqualTo("32");
    }

    @Test
    void code_before_a_magic_line_runs_under_the_key_of_what_was_before() {
        notebook.value("System.out.println(t(9, List.of()));\n%time 1 + 1\nint deep(int n) { return n + 2; }");
        assertThat(notebook.value("t(9, List.of())")).isEqualTo("35");
        notebook.value("int deep(int n) { return n + 1; }");
        assertThat(notebook.value("t(9, List.of())")).isEqualTo("33");
    }

    @Test
    void a_constant_of_a_cell_that_failed_before_it_keeps_its_value_in_the_key() {
        notebook.refused("if (true) throw new IllegalStateException();\nstatic final int RATE = 100;");
        assertThat(notebook.value("RATE")).isEqualTo("2");
        assertThat(notebook.value(CALL)).isEqualTo("19");
        notebook.value("static final int RATE = 100;");
        assertThat(notebook.value(CALL)).isEqualTo("117");
    }

    @Test
    void a_constant_made_of_an_older_one_is_not_cached_until_its_cell_runs_again() {
        notebook.value("static final int BASE = 7;");
        assertThat(notebook.value(CALL)).isEqualTo("19");
        assertThat(notebook.value(CALL)).isEqualTo("19");
        assertThat(Integer.getInteger("ran")).isEqualTo(3);
        notebook.value("static final int RATE = BASE + 1;");
        assertThat(notebook.value(CALL)).isEqualTo("25");
        assertThat(notebook.value(CALL)).isEqualTo("25");
        assertThat(Integer.getInteger("ran")).isEqualTo(4);
    }
}
