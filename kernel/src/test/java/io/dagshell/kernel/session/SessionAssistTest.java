package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SessionAssistTest {
    private static final Cells CELLS = Cells.open(new Headed());

    @AfterAll
    static void close() {
        CELLS.close();
    }

    /** Cells that begin with {@code %%head}, as an extension has them. */
    private static final class Headed implements KernelExtension {
        @Override
        public Optional<TransformedCell> transformForAssist(String text) {
            if (!text.startsWith("%%head")) {
                return Optional.empty();
            }
            int end = text.contains("\n") ? text.indexOf('\n') + 1 : text.length();
            return Optional.of(new TransformedCell(
                    "/* inserted */" + text.substring(end),
                    List.of(new TransformedCell.Span(14, end, text.length() - end))));
        }

        @Override
        public List<Suggestion> complete(String text, int offset) {
            return text.startsWith("%%head re") && offset == 9
                    ? List.of(new Suggestion(7, "retries=", "keyword", "times"))
                    : List.of();
        }
    }

    private static Completions at(String text) {
        int cursor = text.indexOf('|');
        return CELLS.session().complete(text.substring(0, cursor) + text.substring(cursor + 1), cursor);
    }

    private static List<String> texts(String text) {
        return at(text).items().stream().map(Completions.Item::text).toList();
    }

    @Test
    void what_cells_declared_completes() {
        CELLS.must("String word = \"abc\";\nint twice(int x) { return 2 * x; }");
        assertTrue(texts("word.sub|").contains("substring("));
        assertEquals(List.of("twice("), texts("twi|"));
    }

    @Test
    void the_replaced_part_is_counted_in_the_cell_as_typed() {
        Completions found = at("String 😀 = \"😀\"; \"😀\".sub|");
        assertEquals("String 😀 = \"😀\"; \"😀\".".length(), found.start());
        Completions headed = at("%%head x\nint f(String s) { return s.len|; }");
        assertEquals("%%head x\nint f(String s) { return s.".length(), headed.start());
        assertEquals("length()", headed.items().get(0).text());
    }

    @Test
    void headers_are_completed_by_their_extension() {
        assertEquals(List.of("retries="), texts("%%head re|"));
        assertEquals(7, at("%%head re|").start());
        assertEquals(List.of(), texts("%%he|ad re"));
    }

    @Test
    void magics_complete_with_their_percent_signs() {
        assertTrue(texts("%ti|").contains("%time"));
        assertTrue(texts("%%ti|").contains("%%time"));
        assertTrue(texts("int x = 1;\n%ti|").contains("%time"));
        assertTrue(texts("int x = 1;\n%%ti|").isEmpty());
    }

    @Test
    void java_around_magic_lines_completes() {
        assertTrue(texts("%time int x = 1;\n%env\nString s = \"\";\ns.isB|").contains("isBlank()"));
    }

    @Test
    void completion_answers_while_a_cell_runs() throws Exception {
        Thread running = new Thread(() -> CELLS.run("Thread.sleep(60_000)"));
        running.start();
        try {
            Thread.sleep(300);
            assertTrue(texts("\"\".isB|").contains("isBlank()"));
        } finally {
            CELLS.session().interrupt();
            running.join(5_000);
        }
    }

    @Test
    void completeness_knows_magics_and_headers() {
        JavaSession session = CELLS.session();
        assertInstanceOf(Completeness.Complete.class, session.completeness("%env HOME"));
        assertInstanceOf(Completeness.Complete.class, session.completeness("%%head\nint f() { return 1; }"));
        assertInstanceOf(Completeness.Incomplete.class, session.completeness("%%head"));
        assertInstanceOf(Completeness.Incomplete.class, session.completeness("%%head\nint f() {"));
        assertInstanceOf(Completeness.Invalid.class, session.completeness("%%head\nint 1f() {}"));
        assertInstanceOf(Completeness.Incomplete.class, session.completeness("%%bash"));
        assertInstanceOf(Completeness.Incomplete.class, session.completeness("%%bash\nls"));
        assertInstanceOf(Completeness.Complete.class, session.completeness("%%bash\nls\n\n"));
        assertEquals(new Completeness.Incomplete("    "), session.completeness("%env\nint f() {"));
    }

    @Test
    void expressions_of_a_request_are_evaluated_each_on_its_own() {
        CELLS.must("int seen = 41;");
        Map<String, Evaluated> values = CELLS.session()
                .evaluate(
                        new CellRequest("[9]", 9, ""),
                        Map.of("good", "seen + 1", "bad", "nothing", "broken", "1 / 0"),
                        new Recorder(),
                        new CellInterrupt());
        assertEquals(new Evaluated.Value(Map.of("text/plain", "42")), values.get("good"));
        assertEquals("CompileError", failure(values, "bad"));
        assertEquals("java.lang.ArithmeticException", failure(values, "broken"));
    }

    private static String failure(Map<String, Evaluated> values, String name) {
        return values.get(name) instanceof Evaluated.Failure failure
                ? failure.error().name()
                : "";
    }

    private static String inspected(String text, String mimeType) {
        int cursor = text.indexOf('|');
        return CELLS.session()
                .inspect(text.substring(0, cursor) + text.substring(cursor + 1), cursor, true)
                .map(bundle -> bundle.getOrDefault(mimeType, ""))
                .orElse("");
    }

    @Test
    void a_variable_shows_its_type_and_value_without_running_code_of_cells() {
        CELLS.must("import java.util.*;\nrecord Trip(int n, String s) { public String toString() { while (true); } }\n"
                + "class Slow { public String toString() { while (true); } }\n"
                + "var trips = List.of(new Trip(1, \"a<b\"));\nvar slow = new Slow();\nint[] many = new int[1000];");
        assertEquals("List<Trip> trips = List(1) [Trip[n=1, s=\"a<b\"]]", inspected("tri|ps", "text/plain"));
        assertTrue(inspected("tri|ps", "text/html").contains("a&lt;b"));
        assertEquals("Slow slow = Slow", inspected("slo|w", "text/plain"));
        assertEquals("int[] many = int[1000] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …}", inspected("man|y", "text/plain"));
    }

    @Test
    void names_in_cells_with_a_header_are_inspected_where_they_stand() {
        assertTrue(inspected("%%head\nint f(String s) { return s.len|gth(); }", "text/plain")
                .startsWith("public int length()"));
        assertEquals("", inspected("%%he|ad\nint f() { return 1; }", "text/plain"));
    }
}
