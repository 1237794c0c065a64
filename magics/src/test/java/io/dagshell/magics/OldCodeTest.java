package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was made before a helper changed, and lives on, stores nothing that a call by the new code would find. */
@Timeout(60)
final class OldCodeTest {
    private static final List<String> CELLS = List.of(
            "int deep(int n) { return n + 1; }",
            "int h(int n) { return deep(n) * 2; }",
            "class Base { int up(int n) { return h(n); } }",
            "class Derived extends Base { int up(int n) { return super.up(n) + 1; } }",
            "class Kept { static final int FIRST = deep(10); static class In { static final IntUnaryOperator F = x -> h(x); } }",
            "enum Level { LOW(deep(1)); final int weight; Level(int weight) { this.weight = weight; } }",
            "interface Edge { int WIDTH = deep(3); default int wide() { return WIDTH; } }",
            "record Card(int n) implements Edge { int shown() { return h(n) + wide(); } }",
            "%%task cache\nint t(int n) {\n    return new Derived().up(n) + Kept.FIRST + Kept.In.F.applyAsInt(n) + Level.LOW.weight"
                    + " + new Card(n).shown();\n}");

    @TempDir
    Path cache;

    /** What the notebook gives with that helper and no result from before. */
    private String truth(String deep, int n) {
        try (NotebookSessions fresh = NotebookSessions.open(cache.resolve("fresh" + System.nanoTime()))) {
            fresh.value(deep);
            CELLS.subList(1, CELLS.size()).forEach(fresh::value);
            return fresh.value("t(" + n + ")");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a lambda            | IntUnaryOperator old = n -> t(n);                              | old.applyAsInt(5)",
                "a method reference  | Function<Integer, Integer> old = Shelf::through;                | old.apply(5)",
                "an anonymous class  | Supplier<Integer> old = new Supplier<>() { public Integer get() { return t(5); } }; | old.get()",
                "a stream            | var old = Stream.of(5).map(n -> t(n));                          | old.toList()",
                "an object of a class| var old = new Shelf();                                          | old.call(5)",
                "an iterator         | var old = Stream.of(5).mapToInt(n -> t(n)).iterator();          | old.next()",
                "a supplier of a list| var old = List.<Supplier<Integer>>of(() -> t(5));               | old.get(0).get()",
            })
    void made_before_a_helper_changed_stores_nothing_under_the_new_key(String what, String made, String used) {
        String changed = "int deep(int n) { return n + 100; }";
        try (NotebookSessions notebook = NotebookSessions.open(cache)) {
            CELLS.forEach(notebook::value);
            notebook.value(
                    "class Shelf { static int through(int n) { return t(n); } int call(int n) { return t(n); } }");
            notebook.value(made);
            notebook.value(changed);
            notebook.run(used);

            assertThat(notebook.value("t(5)")).as(what).isEqualTo(truth(changed, 5));
            notebook.value(CELLS.get(0));
            assertThat(notebook.value("t(5)")).as(what).isEqualTo(truth(CELLS.get(0), 5));
        }
    }

    @Test
    void a_thread_that_calls_all_the_while_never_stores_under_the_key_of_other_code() {
        try (NotebookSessions notebook = NotebookSessions.open(cache)) {
            CELLS.forEach(notebook::value);
            notebook.value("var on = new java.util.concurrent.atomic.AtomicBoolean(true);\n"
                    + "var thread = new Thread(() -> { for (int n = 0; on.get(); n = (n + 1) % 5) t(n); });\n"
                    + "thread.start();");
            for (int step = 1; step <= 4; step++) {
                notebook.value("int deep(int n) { return n + " + step + "; }");
            }
            notebook.value("on.set(false); thread.join();");

            for (int step : new int[] {2, 4, 1}) {
                String deep = "int deep(int n) { return n + " + step + "; }";
                notebook.value(deep);
                assertThat(notebook.value("t(0)")).isEqualTo(truth(deep, 0));
                assertThat(notebook.value("t(3)")).isEqualTo(truth(deep, 3));
            }
        }
    }

    @Test
    void what_a_class_keeps_and_a_cell_changes_is_never_answered_from_before() {
        try (NotebookSessions notebook = NotebookSessions.open(cache)) {
            notebook.value("class Config { static int rate = 2; static final int[] STEPS = {1}; }");
            notebook.value("%%task cache\nint t(int n) {\n    return n * Config.rate + Config.STEPS[0];\n}");
            assertThat(notebook.value("t(1)")).isEqualTo("3");

            notebook.value("Config.rate = 5;");
            assertThat(notebook.value("t(1)")).isEqualTo("6");
            notebook.value("Config.STEPS[0] = 7;");
            assertThat(notebook.value("t(1)")).isEqualTo("12");
        }
    }

    @Test
    void the_order_of_a_linked_map_and_the_locale_of_formats_are_never_answered_from_before() {
        java.util.Locale before = java.util.Locale.getDefault(java.util.Locale.Category.FORMAT);
        try (NotebookSessions notebook = NotebookSessions.open(cache)) {
            notebook.value("%%task cache\nString t(LinkedHashMap<String, Double> all) {\n"
                    + "    return all.keySet() + String.format(\"%.1f\", all.get(\"a\"));\n}");
            notebook.value(
                    "LinkedHashMap<String, Double> of(String... names) { var all = new LinkedHashMap<String, Double>();"
                            + " for (String name : names) all.put(name, 0.5); return all; }");

            assertThat(notebook.value("t(of(\"a\", \"b\"))")).isEqualTo("[a, b]0.5");
            assertThat(notebook.value("t(of(\"b\", \"a\"))")).isEqualTo("[b, a]0.5");
            notebook.value("Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);");
            assertThat(notebook.value("t(of(\"b\", \"a\"))")).isEqualTo("[b, a]0,5");
        } finally {
            java.util.Locale.setDefault(java.util.Locale.Category.FORMAT, before);
        }
    }
}
