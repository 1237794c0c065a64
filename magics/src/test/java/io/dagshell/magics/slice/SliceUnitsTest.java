package io.dagshell.magics.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.source.Member;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class SliceUnitsTest {
    private static final List<String> IMPORTS = List.of("import java.util.*;", "import java.io.*;");

    @Test
    void an_error_in_the_third_line_of_the_seventh_cell_says_so() throws Exception {
        Class<?> flow = run(
                        7,
                        "int one() { return 1; }",
                        "// nothing",
                        "",
                        "record Trip(int id) {}",
                        "int unused = 5;",
                        "println(unused)",
                        "%%task header\n".replace("%%task header", "             ")
                                + "int root() throws Exception {\n    throw new IOException(\"row \" + one() + new Trip(3));\n}")
                .loadClass("nb.Cell7");

        assertThatThrownBy(() -> call(flow, "root"))
                .hasMessage("row 1Trip[id=3]")
                .satisfies(
                        thrown -> assertThat(thrown.getStackTrace()[0]).hasToString("nb.Cell7.root(etl.ipynb[7]:3)"));
    }

    @Test
    void cells_refer_to_each_other_in_any_order() throws Exception {
        ClassLoader loader = run(
                1,
                "int root() { return first(3) + LIMIT + new Trip(5).id(); }",
                "private int first(int n) { return n == 0 ? 0 : second(n); }",
                "public int second(int n) { return first(n - 1) + 1; }",
                "static final int LIMIT = 100; static final List<String> NAMES = List.of(\"a\");",
                "record Trip(int id) { Trip { if (id < 0) throw new IllegalArgumentException(); } }",
                "this does not even parse",
                "int exploratory() { return undefined(); }");

        assertThat(call(loader.loadClass("nb.Cell1"), "root")).isEqualTo(108);
        assertThatThrownBy(() -> loader.loadClass("nb.Cell7")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void overloads_may_stand_in_different_cells() throws Exception {
        ClassLoader loader = run(
                1,
                "String root() { return f(1) + f(\"x\"); }",
                "String f(int n) { return \"int \"; }",
                "String f(String s) { return \"text \" + f(2); }");

        assertThat(call(loader.loadClass("nb.Cell1"), "root")).isEqualTo("int text int ");
    }

    @Test
    void implementations_of_a_needed_type_come_along() throws Exception {
        ClassLoader loader = run(
                1,
                "double root() { double sum = 0; for (Shape s : SHAPES.get()) sum += s.area(); return sum; }",
                "interface Shape { double area(); }",
                "class Square implements Shape { public double area() { return 4; } }",
                "static final java.util.function.Supplier<List<Shape>> SHAPES = () -> List.of(new Square());");

        assertThat(call(loader.loadClass("nb.Cell1"), "root")).isEqualTo(4.0);
    }

    @Test
    void an_import_of_a_later_cell_replaces_an_earlier_one_and_an_unresolved_one_matters_only_if_needed()
            throws Exception {
        ClassLoader loader = run(
                2,
                "import java.util.Date; import com.example.Nowhere;",
                "String root() { return Date.class.getName(); }",
                "import java.sql.Date;");

        assertThat(call(loader.loadClass("nb.Cell2"), "root")).isEqualTo("java.sql.Date");
        assertRefused(
                "etl.ipynb[1]:2: package com.example does not exist",
                "\nimport com.example.Nowhere;",
                "int root() { return Nowhere.size(); }");
    }

    @Test
    void what_does_not_compile_is_told_at_the_cells_line() {
        assertRefused(
                "etl.ipynb[2]:3: incompatible types: java.lang.String cannot be converted to int",
                "int other() { return 1; }",
                "\nint root() {\n  int n = \"text\";\n  return n; }");
        assertRefused("etl.ipynb[2]:1: ';' expected", "int root() { return help(); }", "int help() { return 1 }");
    }

    @Test
    void columns_are_those_of_the_cell() {
        assertThatThrownBy(() -> compile(1, "private int root() { return oops; }"))
                .isInstanceOfSatisfying(SliceProblem.class, problem -> {
                    assertThat(problem.line()).isEqualTo(1);
                    assertThat(problem.column()).isEqualTo(29);
                });
    }

    @Test
    void a_notebook_variable_is_refused_with_what_to_write_instead() {
        assertRefused(
                "etl.ipynb[2]:2: reads the notebook variable 'year' of etl.ipynb[1]; make it a parameter, or a constant:"
                        + " static final",
                "int year = 2021;",
                "int root() {\n  return year; }");
    }

    @Test
    void a_name_declared_twice_is_refused() {
        assertRefused(
                "etl.ipynb[3]:2: 'help' is also declared in etl.ipynb[2]; an exported notebook declares a name once,"
                        + " remove one of them",
                "int root() { return help(1); }",
                "int help(int a) { return 1; }",
                "\nint help(int b) { return 2; }");
    }

    @Test
    void equal_cells_are_equal_classes() {
        String[] cells = {
            "int root() { return help(x -> x + 1); }",
            "int help(java.util.function.IntUnaryOperator f) { return f.applyAsInt(1); }"
        };

        SortedMap<String, byte[]> first = compile(1, cells);
        SortedMap<String, byte[]> second = compile(1, cells);

        assertThat(first.keySet()).isEqualTo(second.keySet()).containsExactly("nb.Cell1", "nb.Cell2");
        first.forEach((name, bytes) -> assertThat(second.get(name)).isEqualTo(bytes));
    }

    private static void assertRefused(String message, String... cells) {
        int root = 1
                + Arrays.asList(cells)
                        .indexOf(Arrays.stream(cells)
                                .filter(each -> each.contains("root()"))
                                .findFirst()
                                .orElseThrow());
        assertThatThrownBy(() -> compile(root, cells))
                .isInstanceOf(SliceProblem.class)
                .hasMessageStartingWith(message);
    }

    private static ClassLoader run(int root, String... cells) {
        FlowManifest none = new FlowManifest(
                1,
                new TaskName("root"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(),
                List.of(),
                new FlowGraph(List.of(), List.of()),
                "",
                List.of(),
                List.of());
        return new Slice(none, compile(root, cells)).loader(SliceUnitsTest.class.getClassLoader());
    }

    private static SortedMap<String, byte[]> compile(int root, String... texts) {
        List<CellText> cells = new ArrayList<>();
        for (String text : texts) {
            int index = cells.size() + 1;
            cells.add(CellText.of("etl.ipynb[" + index + "]", index, text, TransformedCell.unchanged(text)));
        }
        CellText cell = cells.get(root - 1);
        Member member = cell.members().stream()
                .filter(each -> each.declares("root"))
                .findFirst()
                .orElseThrow();
        Selection selection = Selection.reachedFrom(List.of(new Selection.Place(cell, member)), cells);
        return new SliceUnits(IMPORTS, cells, List.of()).compile(selection.kept());
    }

    private static Object call(Class<?> cell, String name) throws Exception {
        Method method = cell.getDeclaredMethod(name);
        method.setAccessible(true);
        try {
            return method.invoke(null);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
        }
    }
}
