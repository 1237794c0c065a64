package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {
    static final String FILLER = "filler";

    private final Cells cells = Cells.open(new Superseding());

    @BeforeEach
    void prepare() {
        prepare(cells);
    }

    /** Before the cells that count. */
    void prepare(Cells cells) {}

    Cells cells() {
        return cells;
    }

    @AfterEach
    void close() {
        cells.close();
    }

    /** Cells that begin with {@code //anew NAME} declare that method anew. */
    private static final class Superseding implements KernelExtension {
        @Override
        public Optional<TransformedCell> transform(CellRequest cell) {
            return cell.text().startsWith("//anew ")
                    ? Optional.of(TransformedCell.unchanged(cell.text()))
                    : Optional.empty();
        }

        @Override
        public Set<String> supersedes(CellRequest cell) {
            return cell.text().startsWith("//anew ")
                    ? Set.of(cell.text()
                            .substring("//anew ".length(), cell.text().indexOf('\n')))
                    : Set.of();
        }
    }

    /** The JShell of Java 17 does not let one method call another of its name. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void an_overload_sees_what_its_sibling_uses() {
        cells.must("int hidden = 1;");
        cells.must("int f() { return hidden; }");
        cells.must("int f(String x) { return f(); }");
        assertEquals("1", cells.value("f(\"\")"));
    }

    @Test
    void a_record_with_a_compact_constructor_needs_no_modifier() {
        cells.must("record Trip(int n) { Trip { if (n < 0) throw new IllegalArgumentException(\"no \" + n); } }");
        assertEquals("Trip[n=1]", cells.value("new Trip(1)"));
        Recorder failed = cells.mustFail("new Trip(-1)");
        assertEquals("no -1", failed.error().message());
        cells.must(
                "record Pair(int a,\n  int b) {\n  Pair {\n    if (a > b)\n      throw new IllegalStateException();\n  }\n}");
        assertTrue(cells.mustFail("new Pair(2, 1)").traceback().contains("--> 5 |       throw new"));
        assertEquals(
                "1",
                cells.value(
                        "enum Side { LEFT, RIGHT; Side() {} }\nrecord P(int n) { P(int n) { this.n = n; } }\nnew P(1).n()"));
    }

    @Test
    void what_uses_a_name_goes_by_its_latest_import() {
        cells.must("import static java.lang.Integer.valueOf;\nimport java.util.List;");
        cells.must("Object h() { return valueOf(\"1\"); }\nObject g() { return h(); }\nint kept = 7;");
        cells.must("class Named { String name() { return List.class.getName(); } }");
        assertEquals("1", cells.value("g()"));

        cells.must("import static java.lang.Double.valueOf;\nimport java.awt.List;");

        assertEquals("1.0", cells.value("g()"));
        assertEquals("java.awt.List", cells.value("new Named().name()"));
        assertEquals("7", cells.value("kept"));
        assertEquals("java.awt.List", cells.value("import static java.lang.Short.valueOf;\nnew Named().name()"));
        assertEquals("1", cells.value("g()"));
    }

    @Test
    void an_import_that_cannot_be_leaves_the_one_before() {
        cells.must("import static java.lang.Integer.valueOf;");
        cells.must("Object h() { return valueOf(\"1\"); }");
        cells.mustFail("import static java.lang.Double.valueOf;\nint x = missing;");
        assertEquals("1", cells.value("h()"));
        cells.mustFail("import static java.lang.Nothing.valueOf;");
        assertEquals("1", cells.value("h()"));
        assertEquals("1", cells.value("valueOf(\"1\")"));
    }

    @Test
    void an_overload_that_an_import_on_demand_brings_is_the_one_that_is_called() {
        cells.must("import static java.lang.Double.*;");
        cells.must("String h() { return \"\" + valueOf(1); }\nString g() { return h(); }");
        cells.must("class C { String s() { return h() + C.this.hashCode(); } public int hashCode() { return 1; } }");
        cells.must("C kept = new C();\nString same = \"s\";");
        assertEquals("1.0", cells.value("g()"));

        Recorder imported = cells.must("import static java.lang.Integer.*;");

        assertEquals("1", cells.value("g()"));
        assertTrue(imported.warned().contains("reset, because its type changed: kept"), imported.warned());
        assertEquals("11", cells.value("new C().s()"));
        assertEquals("s", cells.value("same"));
    }

    @Test
    void what_was_rehearsed_is_not_there() {
        cells.must("int one = 1;\nint next(int x) { return x + one; }");
        cells.session().rehearse("int twice(int x) { return 2 * x; }");
        cells.mustFail("twice(1)");
        assertEquals("2", cells.value("next(one)"));
        assertEquals(
                Set.of("next", "one"),
                cells.session().context().declarations().stream()
                        .filter(each -> each.kind() != Declaration.Kind.IMPORT)
                        .map(Declaration::name)
                        .filter(name -> !name.startsWith(FILLER))
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_syntax_error_in_such_a_record_is_where_it_was_typed() {
        CellError error =
                cells.mustFail("record Trip(int n) { Trip { foo(1 } }").error();
        assertEquals(1, error.line());
        assertTrue(error.column() >= 34 && error.column() <= 36, error.toString());
        assertEquals(
                36,
                cells.mustFail("record Trip(int n) { Trip { int y = missing; } }")
                                .error()
                                .column()
                        - 1);
    }

    @Test
    void a_method_may_stand_before_the_variable_whose_type_the_cell_changes() {
        cells.must("int x = 1;\nint f() { return x + 1; }");
        assertEquals("3", cells.value("int g() { return x.length(); }\nString x = \"abc\";\ng()"));
    }

    @Test
    void a_cell_that_breaks_what_another_cell_declared_says_so_and_goes_on() {
        cells.must("int x = 1;\nint f() { return x + 1; }");
        Recorder changed = cells.must("String x = \"a\";");
        assertEquals("a", cells.value("x"));
        assertEquals(
                "no longer compiles: f ([1]:2: incompatible types: java.lang.String cannot be converted to int)\n",
                changed.warned());
        assertEquals(
                "f no longer compiles, because what it uses was changed; its cell, run again, says why",
                cells.mustFail("f()").error().message());
    }

    @Test
    void mutually_dependent_declarations_may_share_a_cell() {
        cells.must("boolean even(int n) { return n == 0 || odd(n - 1); }\n"
                + "boolean odd(int n) { return n != 0 && even(n - 1); }\n"
                + "class A { B b; int a() { return new B().n(); } }\n"
                + "class B { A a; int n() { return 7; } }");
        assertEquals("true", cells.value("even(10)"));
        assertEquals("7", cells.value("new A().a()"));
    }

    @Test
    void what_is_used_before_it_is_declared_may_stand_later_in_the_cell() {
        assertEquals("4", cells.value("int y = twice(2);\nint twice(int x) { return 2 * x; }\ny"));
    }

    @Test
    void a_statement_sees_what_stands_before_it_in_the_cell_and_not_what_stands_behind_it() {
        cells.must("int x = 1;");
        cells.must("int plain() { return x; }");
        assertEquals(
                "5\n", cells.must("int x = 5;\nSystem.out.println(plain());").printed());
        assertEquals(
                "5\n7\n",
                cells.must("System.out.println(plain());\nint x = 7;\nSystem.out.println(plain());")
                        .printed());
        assertEquals("7 8", cells.value("var was = plain();\nint x = 8;\nwas + \" \" + plain()"));
    }

    @Test
    void a_statement_sees_a_variable_that_moves_because_of_another_behind_it() {
        cells.must("int y = 1;\nint x = y + 1;");
        assertEquals(
                "3\n",
                cells.must("int x = y + 2;\nSystem.out.println(x);\nint y = 10;")
                        .printed());
        assertEquals("3 10", cells.value("x + \" \" + y"));
        assertEquals(
                "10\n12\n20 12\n",
                cells.must(
                                "System.out.println(y);\nint x = y + 2;\nSystem.out.println(x);\nint y = 20;\nSystem.out.println(y + \" \" + x);")
                        .printed());
    }

    @Test
    void an_unchanged_redefinition_resets_nothing() {
        cells.must("class Box { int n; }\nBox box = new Box();\nbox.n = 5;");
        Recorder again = cells.must("class Box { int n; }");
        assertEquals("", again.warned());
        assertEquals("5", cells.value("box.n"));
    }

    @Test
    void a_changed_redefinition_says_what_it_reset() {
        cells.must("class Box { int n; }\nBox box = new Box();\nint kept = 3;");
        Recorder changed = cells.must("class Box { int n; int m; }");
        assertTrue(changed.warned().contains("box"), changed.warned());
        assertFalse(changed.warned().contains("kept"), changed.warned());
        assertEquals("", cells.value("box"));
        assertEquals("3", cells.value("kept"));
    }

    @Test
    void a_cell_is_checked_as_a_whole_before_any_of_it_runs() {
        Recorder failed = cells.mustFail("System.out.println(\"ran\");\nint x = 5;\nint y = \"no\";");
        assertEquals("", failed.printed());
        assertEquals(3, failed.error().line());
        assertTrue(cells.mustFail("x").error().message().contains("symbol"));
    }

    @Test
    void a_cell_that_does_not_compile_leaves_what_was_as_it_was() {
        cells.must("int x = 1;\nint f() { return x; }");
        cells.mustFail("String x = \"a\";\nint f() { return missing; }");
        assertEquals("1", cells.value("f()"));
        assertEquals("1", cells.value("x"));
    }

    @Test
    void a_method_declared_anew_leaves_no_overload_behind() {
        cells.must("//anew f\nint f(int x) { return 1; }");
        cells.must("//anew f\nint f(String x) { return 2; }");
        assertEquals("2", cells.value("f(\"\")"));
        assertTrue(cells.mustFail("f(1)").error().message().contains("incompatible"));
        cells.must("int g(int x) { return 1; }");
        cells.must("int g(String x) { return 2; }");
        assertEquals("1", cells.value("g(1)"));
    }

    @Test
    void a_method_declared_anew_in_a_cell_that_fails_stays() {
        cells.must("//anew f\nint f(int x) { return 1; }");
        cells.mustFail("//anew f\nint f(String x) { return missing; }");
        assertEquals("1", cells.value("f(1)"));
    }

    @Test
    void code_of_cells_compiles_against_no_class_of_the_kernels_libraries() {
        assertTrue(cells.mustFail("com.fasterxml.jackson.databind.ObjectMapper m;")
                .error()
                .message()
                .contains("does not exist"));
    }

    @Test
    void code_of_cells_compiles_against_no_class_of_the_kernels_libraries_after_a_library_was_added(
            @TempDir Path added) {
        cells.must("%classpath " + added);
        assertTrue(cells.mustFail("org.zeromq.ZMQ m;").error().message().contains("does not exist"));
    }

    @Test
    void code_of_cells_loads_no_class_of_the_kernels_libraries() {
        assertEquals(
                "java.lang.ClassNotFoundException",
                cells.mustFail("Class.forName(\"org.eclipse.persistence.internal.libraries.asm.ClassReader\")")
                        .error()
                        .name());
        assertEquals(
                "java.lang.ClassNotFoundException",
                cells.mustFail("Thread.currentThread().getContextClassLoader().loadClass(\"org.zeromq.ZMQ\")")
                        .error()
                        .name());
    }

    @Test
    void modifiers_at_the_top_are_accepted() {
        cells.must("public static final int K = 3;\nprivate static int f() { return K; }\npublic class A {}");
        assertEquals("3", cells.value("f()"));
    }

    @Test
    void values_survive_when_a_method_they_do_not_use_changes() {
        cells.must(
                "java.util.List<String> list = new java.util.ArrayList<>();\nlist.add(\"a\");\nint size() { return list.size(); }");
        cells.must("int size() { return list.size() + 1; }");
        assertEquals("2", cells.value("size()"));
        assertEquals("[a]", cells.value("list"));
    }

    @Test
    void a_variable_declared_again_by_the_same_text_lets_go_of_its_value() {
        cells.must("import java.lang.ref.*;\nvar seen = new java.util.ArrayList<WeakReference<Object>>();");
        String declared = "Object held = new Object();";
        cells.must(declared);
        cells.must("seen.add(new WeakReference<>(held));");
        cells.must(declared);
        assertEquals("true", cells.value("System.gc();\nseen.get(0).get() == null && held != null"));
    }

    @Test
    void parameters_keep_their_names() {
        cells.must("class Named { void m(int first, String second) {} }");
        assertEquals(
                "[int first, java.lang.String second]",
                cells.value("java.util.Arrays.toString(Named.class.getDeclaredMethods()[0].getParameters())"));
    }
}
