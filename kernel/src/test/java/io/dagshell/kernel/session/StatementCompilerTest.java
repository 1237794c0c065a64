package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementCompilerTest {
    private final Cells cells = Cells.open();

    @AfterEach
    void close() {
        cells.close();
    }

    private Recorder inOnePass(int statements, String text) {
        int before = cells.session().statementsInOnePass();
        Recorder output = cells.must(text);
        assertThat(cells.session().statementsInOnePass() - before).as(text).isEqualTo(statements);
        return output;
    }

    @Test
    void statements_and_expressions_are_compiled_in_one_pass() {
        cells.must("import java.util.*;\nint n = 1;\nint[] a = {1, 2};\nint twice(int x) { return 2 * x; }");
        assertThat(inOnePass(1, "1 + 5").value()).isEqualTo("6");
        assertThat(inOnePass(1, "twice(n)").value()).isEqualTo("2");
        assertThat(inOnePass(2, "n = 4;\nn += 2;").results()).isEmpty();
        inOnePass(3, "n++;\na[0] = n;\na[1]--;");
        assertThat(inOnePass(1, "n + a[0] + a[1]").value()).isEqualTo("15");
        assertThat(inOnePass(1, "for (int i : a)\n  System.out.println(i);").printed())
                .isEqualTo("7\n1\n");
        inOnePass(1, "if (n > 5) { n = 0; } else n = 1;");
        inOnePass(1, "while (n < 3) n++;");
        inOnePass(1, "do { n++; } while (n < 9);");
        inOnePass(1, "try { twice(1); } finally { n = 2; }");
        inOnePass(1, "{ int inner = 8; n = inner; }");
        inOnePass(1, "synchronized (a) { n++; }");
        assertThat(inOnePass(1, "List.of(n).get(0)").value()).isEqualTo("9");
    }

    @Test
    void what_declares_something_goes_the_long_way() {
        inOnePass(0, "static int locked() { return 1; }");
        inOnePass(0, "int x = 1;");
        inOnePass(1, "String s() { return \"s\"; }\ns()");
        assertThat(cells.value("x + locked() + s()")).isEqualTo("2s");
    }

    @Test
    void a_statement_that_never_ends_normally_is_compiled_too() {
        assertThat(cells.mustFail("while (true) { if (true) throw new IllegalStateException(\"out\"); }")
                        .error()
                        .message())
                .isEqualTo("out");
    }

    @Test
    void names_mean_what_they_mean_in_the_session() {
        cells.must("import static java.lang.Integer.valueOf;\nimport static java.lang.Math.*;\nimport java.util.List;");
        cells.must("int max(int a, int b) { return -1; }\nclass Local { static int size() { return 3; } }");
        assertThat(inOnePass(1, "valueOf(\"7\")").value()).isEqualTo("7");
        assertThat(inOnePass(1, "max(1, 2)").value()).isEqualTo("-1");
        assertThat(inOnePass(1, "min(1, 2) + Local.size()").value()).isEqualTo("4");
        assertThat(inOnePass(1, "List.of(1, 2).size()").value()).isEqualTo("2");
        cells.must("import java.awt.List;");
        assertThat(inOnePass(1, "List.class.getName()").value()).isEqualTo("java.awt.List");
        assertThat(inOnePass(1, "\\u006dax(1, 2)").value()).isEqualTo("-1");
    }

    @Test
    void variables_have_the_types_that_only_the_compiler_can_name() {
        cells.must(
                "import java.util.*;\nvar mixed = List.of(1, \"a\");\nvar anonymous = new Object() { int inside = 5; };");
        assertThat(inOnePass(1, "mixed.get(0)").value()).isEqualTo("1");
        assertThat(inOnePass(1, "anonymous.inside").value()).isEqualTo("5");
    }

    @Test
    void variables_of_inferred_types_are_used_in_every_way() {
        Recorder declared = cells.must("import java.util.*;\nvar mixed = Map.of(\"n\", 1, \"s\", \"a\");");
        // javac breaks over some of them and prints where, which is nothing of the cell's.
        assertThat(declared.warned()).isEmpty();
        assertThat(cells.value("mixed.get(\"n\")")).isEqualTo("1");
        assertThat(cells.value("mixed.get(\"s\").toString().length()")).isEqualTo("1");
        assertThat(cells.must("System.out.print(mixed.get(\"s\"));").printed()).isEqualTo("a");
        cells.must("Object second = mixed.get(\"s\");\nvar third = mixed.get(\"n\");\n"
                + "Object fourth() { return mixed.get(\"n\"); }");
        assertThat(cells.value("second + \"\" + third + fourth()")).isEqualTo("a11");
    }

    @Test
    void a_variable_may_be_called_as_the_kernels_package_is() {
        cells.must("String io = \"mine\", REPL = \"too\";");
        assertThat(cells.value("io + REPL")).isEqualTo("minetoo");
        assertThat(cells.value("1 + 1")).isEqualTo("2");
    }

    @Test
    void lambdas_and_classes_of_a_statement_are_loaded_with_it() {
        cells.must("import java.util.function.*;\nSupplier<Integer> kept;\nint base = 40;");
        inOnePass(1, "kept = new Supplier<Integer>() { public Integer get() { return base + 2; } };");
        assertThat(cells.value("kept.get()")).isEqualTo("42");
        inOnePass(1, "kept = () -> base + 3;");
        assertThat(cells.value("kept.get()")).isEqualTo("43");
    }

    @Test
    void a_failure_is_at_its_line_of_the_cell() {
        assertThat(cells.mustFail(
                                "int zero = 0;\n\n// here\nfor (int i = 0; i < 1; i++) {\n  int a = 1;\n  a = 1 / zero;\n}")
                        .traceback())
                .contains("[1]:6");
        assertThat(cells.mustFail("zero +\n  1 /\n  zero").traceback()).contains("[2]:");
    }
}
