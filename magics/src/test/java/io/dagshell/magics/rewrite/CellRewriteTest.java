package io.dagshell.magics.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.source.JavaText;
import java.io.StringWriter;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class CellRewriteTest {

    @Test
    void the_method_keeps_its_lines_and_a_wrapper_of_the_same_signature_stands_behind_it() {
        String cell = """
                %%task retries=3
                String fetch(java.net.URI dataset) throws java.io.IOException {
                    return dataset.toString();
                } // done""";

        String java = rewrite(cell).transformed().java();

        assertThat(java.lines()).hasSize(4);
        assertThat(java.lines().toList().get(0)).isBlank();
        assertThat(java.lines().toList().get(1))
                .isEqualTo("String fetch$impl(java.net.URI dataset) throws java.io.IOException {");
        assertThat(java.lines().toList().get(3))
                .isEqualTo(
                        "} String fetch(java.net.URI dataset) throws java.io.IOException { java.lang.Object[] given$ ="
                                + " {dataset}; return io.dagshell.engine.Dag.call(java.lang.invoke.MethodHandles.lookup(),"
                                + " \"fetch\", () -> fetch$impl(io.dagshell.engine.run.Arguments.at(given$, 0)), given$); }"
                                + " // done");
    }

    @Test
    void every_kind_of_signature_compiles() {
        for (String method : List.of(
                "int f(int x)[] { return new int[] {x}; }",
                "int f(int x[], long... y[])[] { return x; }".replace("long... y[]", "long[] y[]"),
                "void f() { }",
                "long f(final long a, @Deprecated double b) { return a; }",
                "java.util.Map<String, ? extends java.util.List<int[]>> f(java.util.List<? super Integer> f) { return null; }",
                "/* int f( */ String // f(\n f /* ( */ ( /* x */ String /* , */ x // y\n ) throws Exception,\n"
                        + " java.lang.InterruptedException { return \"}\"; }",
                "public boolean f(char c) { return true; }",
                "f2 f(f2 f2) { return f2; } ".replace("f2", "Integer"),
                "Void f() { return null; }")) {
            String java = rewrite("%%task\n" + method).transformed().java();
            assertThat(java.lines().count())
                    .as(method)
                    .isEqualTo(("%%task\n" + method).lines().count());
            assertThat(errors(java)).as(java).isEmpty();
        }
    }

    @Test
    void offsets_go_to_the_java_text_and_back() {
        String cell = "%%task\nint f(int x) {\n  return x; } // end";
        TransformedCell transformed = rewrite(cell).transformed();

        for (String word : List.of("int f", "(int x)", "return x", "} // end", "// end")) {
            int original = cell.indexOf(word);
            int java = transformed.toJava(original);
            assertThat(transformed.toOriginal(transformed.java().indexOf("return x")))
                    .isEqualTo(cell.indexOf("return x"));
            assertThat(transformed.toOriginal(java)).as(word).isEqualTo(original);
        }
        assertThat(transformed.java().substring(transformed.toJava(cell.indexOf("return x"))))
                .startsWith("return x");
        assertThat(transformed.java().substring(transformed.toJava(cell.indexOf("// end"))))
                .isEqualTo("// end");
    }

    @Test
    void other_shapes_are_refused_at_their_line() {
        refused("%%task\n", 1, "a %%task cell declares one method, this one declares none");
        refused("%%task\n// only words", 1, "a %%task cell declares one method, this one declares none");
        refused(
                "%%task\nint f() { return 1; }\n\nint g() { return 2; }",
                4, "a %%task cell declares one method, this is" + " the second: give 'g' a cell of its own");
        refused(
                "%%task\nimport java.util.List;\nint f() { return 1; }",
                2, "a %%task cell holds one method only: move the" + " import to a cell of its own, without a header");
        refused(
                "%%flow\nint f() { return 1; }\nrecord R(int a) {}",
                3, "a %%flow cell holds one method only: move 'R'");
        refused("%%task\nint a = 1;\nint f() { return 1; }", 2, "a %%task cell holds one method only: move 'a'");
        refused("%%task\nint f() { return 1; }\nf()", 3, "a %%task cell holds one method only: move this statement");
        refused("%%task\n\n<T> T f(T t) { return t; }", 3, "'f' is generic");
        refused("%%task\nint f(int a,\n  int... b) { return a; }", 3, "'b' takes any number of arguments");
        refused("%%task\nint f();", 2, "'f' has no body");
        refused("%%task\nsynchronized int f() { return 1; }", 2, "it is a plain method: remove 'synchronized'");
        refused("%%task\nString toString() { return \"\"; }", 2, "'toString' is a method of every object");
        refused("%%task\nint map(int a) { return a; }", 2, "'map' is DagShell's own");
        refused("%%task\nint f$1(int a) { return a; }", 2, "'f$1' has a '$'");
        refused("%%task\nint f(int io) { return io; }", 2, "a parameter cannot be called 'io'");
        refused("%%task\nint f() throws Throwable { return 1; }", 2, "write 'throws Exception'");
        refused("%%task\nint f() {\n  return 1 }", 3, "';' expected");
        refused("%%task\nf() {\n  return 1; }", 2, "invalid method declaration; return type required");
        refused("%%task\nint f() {\n  return 1;", 3, "");
    }

    @Test
    void parameters_are_typed_variables_with_defaults() {
        String cell = "%%params\nString color = \"yellow\"; // which taxis\nint year = 2021";

        assertThat(rewrite(cell).transformed().java()).isEqualTo(cell.replace("%%params", "        "));
        assertThat(rewrite(cell).method()).isEmpty();
        refused("%%params\nint year = 1;\nvar x = 1;", 3, "a parameter needs a type");
        refused("%%params\nint year;", 2, "the parameter 'year' needs a default");
        refused("%%params\nint f() { return 1; }", 2, "a %%params cell holds lines such as");
        refused("%%params\nstatic final int A = 1;", 2, "a %%params cell holds lines such as");
    }

    @Test
    void an_unfinished_cell_keeps_its_text_below_the_header() {
        TransformedCell assist =
                CellRewrite.forAssist("%%task oops=\nint f(int x) { x.").orElseThrow();

        assertThat(assist.java()).isEqualTo("            \nint f(int x) { x.");
        assertThat(assist.toJava(20)).isEqualTo(20);
        assertThat(CellRewrite.forAssist("int a = 1")).isEmpty();
    }

    private static RewrittenCell rewrite(String cell) {
        return CellRewrite.of(cell).orElseThrow();
    }

    private static void refused(String cell, int line, String message) {
        assertThatThrownBy(() -> CellRewrite.of(cell)).as(cell).isInstanceOfSatisfying(CellProblem.class, problem -> {
            assertThat(problem.getMessage()).startsWith(message);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    private static String errors(String members) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        String unit = "final class Unit { static " + members.replace(" f(", " f(") + "\n}";
        unit = unit.replace("f$impl", "f$impl").replace("} int[] f(", "} static int[] f(");
        compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-implicit:none",
                                "-d",
                                System.getProperty("java.io.tmpdir"),
                                "-Xlint:none"),
                        null,
                        List.of(new JavaText("Unit", unit.replace("static public static", "public static"))))
                .call();
        return errors.toString();
    }
}
