package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellErrorsTest {
    private static final Cells CELLS = Cells.open();

    @AfterAll
    static void close() {
        CELLS.close();
    }

    @Test
    void an_exception_has_its_class_the_cells_line_and_no_frame_of_the_engine() {
        Recorder failed = CELLS.mustFail("int n = 0;\n\nint x = 1 / n;");
        assertEquals("java.lang.ArithmeticException", failed.error().name());
        assertEquals("/ by zero", failed.error().message());
        assertEquals(3, failed.error().line());
        assertTrue(failed.traceback().contains("--> 3 | int x = 1 / n;"), failed.traceback());
        for (String hidden : new String[] {"io.dagshell", "REPL", "reflect", "do_it", "jdk.internal"}) {
            assertFalse(failed.traceback().contains(hidden), failed.traceback());
        }
    }

    @Test
    void blank_lines_and_comments_before_an_expression_are_not_its_line() {
        assertEquals(
                4,
                CELLS.mustFail("int none = 0;\n\n// a comment\n1 / none")
                        .error()
                        .line());
        assertEquals(3, CELLS.mustFail("/* a\n comment */\n1 / none;").error().line());
    }

    @ParameterizedTest
    @CsvSource({
        "'int q =\n\n 1/none;', 3",
        "'int q = // a comment\n\n /* another */\n  1 / none;', 4",
        "'var q =\n  1 / none;', 2",
        "'int q = 1 / none;', 1",
        "'int q = Math.max(\n\n  1,\n  Math.floorDiv(1, none));', 4",
        "'int p = 1,\n\n  q = 1 / none;', 3",
        "'int[] q = {\n  1,\n\n  1 / none\n};', 1",
    })
    void the_line_of_an_initializer_is_where_it_or_its_failing_call_begins(String cell, int line) {
        CELLS.must("int none = 0;");
        Recorder failed = CELLS.mustFail(cell);
        assertEquals("java.lang.ArithmeticException", failed.error().name());
        assertEquals(line, failed.error().line(), failed.traceback());
    }

    @Test
    void frames_name_the_cell_they_were_declared_in() {
        CELLS.must("// helpers\nint half(int n) {\n    return 1 / n;\n}");
        Recorder failed = CELLS.mustFail("var list = java.util.List.of(0);\nlist.forEach(n -> half(n));");
        String trace = failed.traceback();
        assertTrue(trace.matches("(?s).*half \\(\\[\\d+]:3\\).*\\[\\d+]:2.*"), trace);
    }

    @Test
    void causes_are_told() {
        Recorder failed = CELLS.mustFail(
                "try {\n  Integer.parseInt(\"x\");\n} catch (Exception e) {\n  throw new IllegalStateException(\"outer\", e);\n}");
        assertEquals(4, failed.error().line());
        assertTrue(failed.traceback().contains("Caused by: java.lang.NumberFormatException"), failed.traceback());
        assertTrue(failed.traceback().contains("]:2"), failed.traceback());
    }

    @Test
    void what_the_machinery_called_is_left_out_and_what_the_cell_called_is_not() {
        IllegalStateException thrown = new IllegalStateException("refused");
        thrown.setStackTrace(new StackTraceElement[] {
            frame("app", "org.postgresql.Driver"),
            frame("", "java.util.ArrayList"),
            frame("app", "io.dagshell.blocks.PostgresBlock"),
            frame("person", "com.acme.Loader"),
            frame("", "java.lang.Iterable"),
            frame("cells", "REPL.$JShell$7"),
            frame("", "java.util.concurrent.FutureTask"),
            frame("app", "io.dagshell.engine.run.Engine"),
            frame("cells", "REPL.$JShell$8"),
        });
        CellError error = new ErrorReport(new FrameLines(), name -> name.startsWith("io.dagshell.")).thrown(thrown);
        assertEquals(
                List.of(
                        "java.lang.IllegalStateException: refused",
                        "    at person//com.acme.Loader.call(Source.java:1)",
                        "    at java.lang.Iterable.call(Source.java:1)",
                        "    at cells//REPL.$JShell$7.call(Source.java:1)",
                        "    at cells//REPL.$JShell$8.call(Source.java:1)"),
                error.traceback());
    }

    private static StackTraceElement frame(String loader, String type) {
        return new StackTraceElement(loader.isEmpty() ? null : loader, null, null, type, "call", "Source.java", 1);
    }

    @Test
    void a_failure_whose_place_an_extension_knows_points_there() {
        try (Cells cells = Cells.open(new KernelExtension() {
            @Override
            public Optional<CellProblem> placeOf(CellRequest cell, Throwable thrown) {
                return thrown instanceof IllegalStateException
                        ? Optional.of(new CellProblem(1, 11, "no such thing"))
                        : Optional.empty();
            }
        })) {
            Recorder failed = cells.mustFail("int x = 1; if (x > 0) throw new IllegalStateException();");
            assertEquals("java.lang.IllegalStateException", failed.error().name());
            assertEquals("no such thing", failed.error().message());
            assertTrue(failed.traceback().startsWith("[1]:1:11: no such thing\n    int x"), failed.traceback());
            assertTrue(cells.mustFail("int y = 1 / 0;").traceback().contains("--> 1"));
        }
    }

    @Test
    void checked_exceptions_need_no_clause() {
        assertEquals(
                "java.io.IOException",
                CELLS.mustFail("throw new java.io.IOException(\"x\");").error().name());
    }

    @Test
    void columns_count_characters_people_see() {
        CellError error = CELLS.mustFail("String s = \"😀😀\"; int x = \"a\";").error();
        assertEquals(1, error.line());
        assertEquals(
                "String s = \"😀😀\"; int x = ".codePointCount(0, "String s = \"😀😀\"; int x = ".length()) + 1,
                error.column());
    }

    @Test
    void compile_errors_point_at_the_place() {
        Recorder failed = CELLS.mustFail("int a = 1;\nint b = unknown + 1;");
        assertEquals("CompileError", failed.error().name());
        assertTrue(failed.traceback().contains("    int b = unknown + 1;\n            ^^^^^^^"), failed.traceback());
    }

    @Test
    void endless_recursion_is_folded_and_the_session_goes_on() {
        CELLS.must("int down(int n) {\n  return down(n + 1) + 1;\n}");
        Recorder failed = CELLS.mustFail("down(0)");
        assertEquals("java.lang.StackOverflowError", failed.error().name());
        assertEquals(2, failed.error().line());
        assertTrue(failed.error().traceback().size() < 30, failed.traceback());
        assertEquals("2", CELLS.value("1 + 1"));
    }

    @Test
    void running_out_of_memory_is_survived() {
        Recorder failed =
                CELLS.mustFail("var l = new java.util.ArrayList<long[]>();\nwhile (true) l.add(new long[50_000_000]);");
        assertEquals("java.lang.OutOfMemoryError", failed.error().name());
        CELLS.must("l.clear();");
        assertEquals("2", CELLS.value("1 + 1"));
    }

    @Test
    void exit_and_halt_end_the_cell() {
        for (String call : new String[] {
            "System.exit(3);",
            "Runtime.getRuntime().exit(3);",
            "Runtime.getRuntime().halt(3);",
            "java.util.List.of(3).forEach(System::exit);"
        }) {
            Recorder failed = CELLS.mustFail("System.out.print(\"a\");\n" + call + "\nSystem.out.print(\"b\");");
            assertEquals("a", failed.printed());
            assertEquals("Exit", failed.error().name());
        }
        assertEquals("2", CELLS.value("1 + 1"));
    }

    @Test
    void variables_keep_what_ran_before_the_error() {
        CELLS.mustFail("int before = 5;\nint z = 1 / 0;\nint after = 6;");
        assertEquals("5", CELLS.value("before"));
        CELLS.mustFail("after");
    }
}
