package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a class keeps from call to call is in no key, so a task that reaches it is not cached where a cell may change it. */
final class KeptStateTest {
    private static Cells with(String type, String expression, String... others) {
        List<String> cells = new ArrayList<>(List.of(others));
        cells.add(type);
        cells.add("%%task cache\nString t(int n) {\n    return \"\" + " + expression + ";\n}");
        return Cells.of(cells.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static int rate = 2;",
                "private static int rate;",
                "static final int[] rate = {2};",
                "static final Map<String, Integer> rate = new HashMap<>();",
                "static final List<Integer> rate = new ArrayList<>(List.of(1));",
                "static final List<int[]> rate = List.of(new int[1]);",
                "static final Collection<Integer> rate = java.util.Collections.unmodifiableList(new ArrayList<>());",
                "static final java.util.concurrent.atomic.AtomicInteger rate = new java.util.concurrent.atomic.AtomicInteger();",
                "static final Random rate = new Random(1);",
                "static final StringBuilder rate = new StringBuilder();",
                "static final Object rate = new Object();",
                "static final Box rate = new Box();",
                "static final Held rate = new Held(new int[1]);",
                "static final More rate = new More();",
                "static final Open rate = new Changing();",
                "static class Inner { static int rate; }",
            })
    void a_static_field_that_a_cell_may_change_makes_the_task_not_cached(String field) {
        Cells cells = with(
                "class Config { " + field + " static String get() { return \"\"; } }",
                "Config.get()",
                "class Box { int n; }",
                "record Held(int[] all) {}",
                "class More extends ArrayList<String> {}",
                "interface Open {}",
                "class Changing implements Open { int n; }");
        assertThat(cells.unknown("t"))
                .isEqualTo((field.contains("Inner") ? "Inner" : "Config")
                        + ".rate is kept between calls and may change: make it final and of a fixed value, or a"
                        + " parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static final int rate = 2;",
                "static final int rate; static { rate = 3; }",
                "static final int rate = h();",
                "static final String rate = \"a\".repeat(2);",
                "static final LocalDate rate = LocalDate.EPOCH;",
                "static final java.util.regex.Pattern rate = java.util.regex.Pattern.compile(\"a\");",
                "static final java.util.function.IntUnaryOperator rate = x -> x + h();",
                "static final Open rate = () -> 1;",
                "static final List<String> rate = List.of(\"a\");",
                "static final Map<String, List<Held>> rate = Map.of(\"a\", List.of(new Held(1)));",
                "static final Set<Held> rate = Set.copyOf(new ArrayList<Held>());",
                "static final List<Integer> rate = java.util.stream.Stream.of(1).toList();",
                "static final Optional<Color> rate = Optional.of(Color.RED);",
                "static final Held rate = new Held(1);",
                "static final Tree rate = new Leaf();",
                "int rate = 2; int[] rates = {};",
            })
    void what_no_cell_can_change_is_in_the_text(String field) {
        Cells cells = with(
                "class Config { " + field + " static String get() { return \"\"; } }",
                "Config.get()",
                "int h() { return 1; }",
                "record Held(int n) {}",
                "enum Color { RED }",
                "interface Open { int get(); }",
                "sealed interface Tree {}",
                "record Leaf() implements Tree {}",
                "record Branch(Tree left, Tree right) implements Tree {}");
        assertThat(cells.names("t")).contains("class Config", "task t");
    }

    @Test
    void the_constants_of_an_enum_are_kept_too() {
        assertThat(with("enum Color { RED; int weight = 1; }", "Color.RED").unknown("t"))
                .startsWith("Color.weight is kept");
        assertThat(with("enum Color { RED; final int[] weights = {1}; }", "Color.RED")
                        .unknown("t"))
                .startsWith("Color.weights is kept");
        assertThat(with(
                                "enum Color { RED(1, x -> x, List.of()); final int weight; final"
                                        + " java.util.function.IntUnaryOperator f; final List<String> names;"
                                        + " Color(int weight, java.util.function.IntUnaryOperator f, List<String> names) {"
                                        + " this.weight = weight; this.f = f; this.names = names; } }",
                                "Color.RED")
                        .names("t"))
                .containsExactly("enum Color", "task t");
    }

    @Test
    void records_interfaces_helpers_and_the_task_itself_are_looked_at() {
        assertThat(with("record R(int a) { static int rate; }", "new R(1)").unknown("t"))
                .startsWith("R.rate is kept");
        assertThat(with("interface I { int[] ALL = {}; }", "I.ALL").unknown("t"))
                .startsWith("I.ALL is kept");
        assertThat(with("int h() { record R() { static int rate; } return ++R.rate; }", "h()")
                        .unknown("t"))
                .startsWith("R.rate is kept");
        assertThat(Cells.of("%%task cache\nint t() { enum E { A; int n; } return ++E.A.n; }")
                        .unknown("t"))
                .startsWith("E.n is kept");
    }

    /** It would be repeated when a run is resumed, an effect too. */
    @ParameterizedTest
    @ValueSource(strings = {"%%task effect", "%%task", "%%flow"})
    void a_task_that_does_not_ask_for_the_cache_is_known_all_the_same(String header) {
        Cells cells = Cells.of(
                "class Config { static int rate = 2; }", header + "\nint t(int n) {\n    return Config.rate;\n}");
        assertThat(cells.names("t")).contains("class Config");
    }
}
