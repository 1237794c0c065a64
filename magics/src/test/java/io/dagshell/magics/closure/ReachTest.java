package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.kernel.session.CellProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a notebook a task's key holds. */
class ReachTest {
    private static final String TASK = "%%%%task cache\nObject t(int n) throws Exception { return %s; }";

    private static Cells with(String expression, String... others) {
        String[] cells = new String[others.length + 1];
        System.arraycopy(others, 0, cells, 0, others.length);
        cells[others.length] = TASK.formatted(expression);
        return Cells.of(cells);
    }

    @Test
    void helpers_are_followed_to_the_end_and_in_circles() {
        Cells cells = with(
                "even(n)",
                "boolean even(int n) { return n == 0 || odd(n - 1); }",
                "boolean odd(int n) { return n != 0 && even(n - step()); }",
                "int step() { return 1; }",
                "int unused() { return 2; }");
        assertThat(cells.names("t")).containsExactly("helper even(int)", "helper odd(int)", "helper step()", "task t");
    }

    @Test
    void only_the_overload_that_is_called_counts() {
        Cells cells = with("h(n)", "int h(int n) { return n; }", "int h(String s) { return 1; }");
        assertThat(cells.names("t")).containsExactly("helper h(int)", "task t");
    }

    @Test
    void a_better_overload_declared_later_changes_the_key() {
        Map<String, String> before = with("h(n)", "int h(long n) { return 1; }").parts("t");
        Map<String, String> after = with("h(n)", "int h(long n) { return 1; }", "int h(int n) { return 2; }")
                .parts("t");
        assertThat(after).isNotEqualTo(before).containsKey("helper h(int)");
    }

    @Test
    void a_class_inside_a_task_is_no_call_of_the_task() {
        Cells cells = Cells.of(
                "%%task cache\nint t(int n) {\n    record Pair(int a) {}\n    class Box { int side = n; }\n    return new Pair(n).a() + new Box().side;\n}");
        assertThat(cells.names("t")).containsExactly("task t");
    }

    @Test
    void names_in_lambdas_method_references_and_local_classes_are_followed() {
        Cells cells = with(
                "list().stream().map(this_ -> h(this_)).map(Named::of).map(e -> new Object() { int f() { return g(); } })"
                        + ".toList()",
                "List<Integer> list() { return List.of(1); }",
                "int h(int n) { return n; }",
                "record Named(int n) { static Named of(int n) { return new Named(n); } }",
                "int g() { class L { int f() { return k(); } } return new L().f(); }",
                "int k() { return 1; }");
        assertThat(cells.names("t"))
                .containsExactly(
                        "helper g()", "helper h(int)", "helper k()", "helper list()", "record Named", "task t");
    }

    @Test
    void a_local_name_is_not_the_declaration_it_hides() {
        Cells cells = with(
                "((java.util.function.IntUnaryOperator) step -> step + 1).applyAsInt(n)",
                "static final int step = 5;",
                "int h() { return 1; }");
        assertThat(cells.names("t")).containsExactly("task t");
    }

    @Test
    void a_declaration_of_the_notebook_hides_an_imported_type() {
        Cells own = with("new ArrayList(n)", "record ArrayList(int n) {}");
        assertThat(own.names("t")).containsExactly("record ArrayList", "task t");
        assertThat(own.parts("t").get("task t"))
                .isNotEqualTo(with("new ArrayList(n)").parts("t").get("task t"));
    }

    @Test
    void an_import_counts_by_what_names_resolve_to() {
        String body = "max(n, 2)";
        Map<String, String> math =
                with(body, "import static java.lang.Math.max;").parts("t");
        Map<String, String> strict =
                with(body, "import static java.lang.StrictMath.max;").parts("t");
        Map<String, String> more = with(body, "import static java.lang.Math.max;", "import java.io.*;")
                .parts("t");
        assertThat(math).isNotEqualTo(strict).isEqualTo(more);
    }

    @Test
    void every_kind_of_an_interface_counts_though_no_name_reaches_it() {
        String shape = "interface Shape { double area(); }";
        String square = "record Square(double side) implements Shape { public double area() { return side * side; } }";
        String task = "%%task cache\ndouble t(List<Shape> shapes) { double a = 0; for (var s : shapes) a += s.area();"
                + " return a; }";
        String circle = "class Circle implements Shape { public double area() { return pi(); } }";
        assertThat(Cells.of(shape, square, task).names("t"))
                .containsExactly("interface Shape", "record Square", "task t");
        assertThat(Cells.of(shape, square, circle, "double pi() { return 3; }", task)
                        .names("t"))
                .containsExactly("class Circle", "helper pi()", "interface Shape", "record Square", "task t");
    }

    @Test
    void a_sealed_type_brings_its_records_and_a_base_class_its_sub_classes() {
        Cells cells = with(
                "name(new Leaf())",
                "sealed interface Node permits Leaf, Branch {}",
                "record Leaf() implements Node {}",
                "record Branch(Node left, Node right) implements Node {}",
                "String name(Node node) { return node instanceof Branch b ? \"branch\" + b.left() : \"leaf\"; }");
        assertThat(cells.names("t"))
                .containsExactly("helper name(Node)", "interface Node", "record Branch", "record Leaf", "task t");
        Cells base = with(
                "make().f()",
                "class Base { int f() { return 1; } }",
                "class Derived extends Base { int f() { return 2; } }",
                "Base make() { return null; }");
        assertThat(base.names("t")).containsExactly("class Base", "class Derived", "helper make()", "task t");
    }

    @Test
    void generic_helpers_and_their_bounds_are_followed() {
        Cells cells = with(
                "first(List.of(new Item(n)))",
                "interface Ranked { int rank(); }",
                "record Item(int rank) implements Ranked {}",
                "<T extends Ranked> T first(List<T> list) { return list.get(0); }");
        assertThat(cells.names("t"))
                .containsExactly("helper first(List<T>)", "interface Ranked", "record Item", "task t");
    }

    @Test
    void constants_count_each_for_itself() {
        String both = "static final int A = 1, B = %d;";
        assertThat(with("A", both.formatted(2)).parts("t"))
                .isEqualTo(with("A", both.formatted(3)).parts("t"));
        assertThat(with("A + B", both.formatted(2)).parts("t"))
                .isNotEqualTo(with("A + B", both.formatted(3)).parts("t"))
                .containsKeys("constant A", "constant B");
    }

    @Test
    void constants_that_a_constant_is_made_of_count() {
        String[] cells = {"static final int B = 1;", "static final int A = B + 1;"};
        assertThat(with("A", cells).names("t")).containsExactly("constant A", "constant B", "task t");
    }

    @Test
    void a_constant_whose_value_its_text_does_not_say_makes_the_task_not_cached() {
        assertThat(with("A", "static final int A = h();", "int h() { return 1; }")
                        .unknown("t"))
                .isEqualTo("the value of constant A cannot be told from its text");
        assertThat(with("A", "static final long A = System.nanoTime();").unknown("t"))
                .contains("constant A");
        assertThat(with("A", "static final int[] A = {1};").unknown("t")).contains("constant A");
        assertThat(with("A", "static final String A = java.io.File.separator;").unknown("t"))
                .contains("constant A");
        assertThat(with("A", "static final String A = System.getenv(\"A\");").unknown("t"))
                .contains("constant A");
    }

    @Test
    void a_constant_older_than_what_it_is_made_of_makes_the_task_not_cached() {
        String[] cells = {"static final int B = 1;", "static final int A = B + 1;", "static final int B = 2;"};
        assertThat(with("A", cells).unknown("t")).isEqualTo("constant A was made before B changed: run its cell again");
        assertThat(with("A", cells[0], cells[1], cells[0]).names("t"))
                .containsExactly("constant A", "constant B", "task t");
        assertThat(with("A", cells[0], cells[1], cells[2], cells[1]).names("t"))
                .containsExactly("constant A", "constant B", "task t");
        assertThat(with(
                                "A",
                                "record P(int n) {}",
                                "static final P A = new P(1);",
                                "record P(int n) { int twice() { return 2 * n; } }")
                        .unknown("t"))
                .isEqualTo("constant A was made before P changed: run its cell again");
    }

    @Test
    void a_helper_declared_twice_in_other_words_makes_the_task_not_cached() {
        assertThat(with("h(\"\")", "int h(String s) { return 1; }", "int h(java.lang.String s) { return 2; }")
                        .unknown("t"))
                .isEqualTo("h is declared twice with the same parameters");
        assertThat(with("B", "static final int A = 1, B = 2;", "static final int B = 3;")
                        .parts("t")
                        .get("constant B"))
                .isEqualTo(with("B", "static final int B = 3;").parts("t").get("constant B"));
    }

    @Test
    void a_factory_that_only_looks_like_a_known_one_is_not_trusted() {
        String constant = "static final List<Integer> A = List.of(1);";
        assertThat(with("A", constant).names("t")).contains("constant A");
        assertThat(with("A", constant, "class List<T> { static List<Integer> of(int n) { return null; } }")
                        .unknown("t"))
                .contains("constant A");
        assertThat(with(
                                "A",
                                "static final BigDecimal A = new BigDecimal(1);",
                                "class BigDecimal { BigDecimal(int n) {} }")
                        .unknown("t"))
                .contains("constant A");
    }

    @Test
    void records_and_times_are_constants() {
        Cells cells = with(
                "A.size()",
                "record Place(String name, LocalDate since) {}",
                "static final List<Place> A = List.of(new Place(\"a\", LocalDate.of(2021, 1, 1)), new Place(\"b\","
                        + " LocalDate.EPOCH));");
        assertThat(cells.names("t")).containsExactly("constant A", "record Place", "task t");
        assertThat(with(
                                "A",
                                "record Place(String name) { Place { name = name + System.nanoTime(); } }",
                                "static final Place A = new Place(\"a\");")
                        .unknown("t"))
                .contains("constant A");
    }

    @Test
    void a_name_that_cannot_be_resolved_makes_the_task_not_cached() {
        assertThat(with("missing(n)").unknown("t")).isEqualTo("a name in t cannot be resolved");
        assertThat(with("h(n)", "int h(int n) { return missing(n); }").unknown("t"))
                .isEqualTo("a name in h cannot be resolved");
        assertThat(with("n", "int h(int n) { return missing(n); }").names("t")).containsExactly("task t");
    }

    @Test
    void a_variable_of_the_notebook_is_refused_where_it_is_read() {
        assertThatThrownBy(() -> Cells.of("int year = 2021;", "%%task\nint t() {\n    return 1 +\n  year;\n}")
                        .definition("t"))
                .isInstanceOfSatisfying(CellProblem.class, problem -> {
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.column()).isEqualTo(3);
                    assertThat(problem)
                            .hasMessage("task t reads the notebook variable 'year': make it a parameter, or a constant"
                                    + " (static final)");
                });
        assertThatThrownBy(() -> with("h()", "var year = 2021;", "int h() { return year; }")
                        .definition("t"))
                .hasMessageContaining("h reads the notebook variable 'year'");
    }

    @Test
    void a_task_calls_no_task_no_flow_and_not_itself() {
        String other = "%%task\nint a() { return 1; }";
        assertThatThrownBy(() -> with("a()", other).definition("t"))
                .hasMessageContaining("task t calls task a, only a flow may");
        assertThatThrownBy(() -> with("h()", other, "int h() { return a(); }").definition("t"))
                .hasMessageContaining("task t calls task a");
        assertThatThrownBy(() -> with("f()", "%%flow\nint f() { return 1; }").definition("t"))
                .hasMessageContaining("task t calls flow f");
        assertThatThrownBy(() -> with("n == 0 ? 1 : t(n - 1)").definition("t"))
                .hasMessageContaining("task t calls itself: put what repeats into a helper method");
        assertThatThrownBy(() -> with("h(n)", "Object h(int n) throws Exception { return t(n - 1); }")
                        .definition("t"))
                .hasMessageContaining("calls itself");
    }
}
