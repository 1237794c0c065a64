package io.dagshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dagshell.kernel.assist.JavaScope.Declared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    private static final JavaAssist ASSIST = new JavaAssist();
    private static final List<String> IMPORTS =
            List.of("import java.util.*;", "import java.util.function.*;", "import java.util.stream.*;");

    private static JavaScope scope(Declared... declared) {
        return new JavaScope(IMPORTS, List.of(declared), List.of());
    }

    /** Completes at the bar. */
    private static Candidates at(JavaScope scope, String text) {
        int cursor = text.indexOf('|');
        return ASSIST.complete(scope, text.substring(0, cursor) + text.substring(cursor + 1), cursor);
    }

    private static List<String> texts(JavaScope scope, String text) {
        return at(scope, text).items().stream().map(Candidate::text).toList();
    }

    private static Optional<Candidate> item(JavaScope scope, String text, String wanted) {
        return at(scope, text).items().stream()
                .filter(each -> each.text().equals(wanted))
                .findFirst();
    }

    @Test
    void members_of_a_session_variable_have_kind_and_signature() {
        JavaScope scope = scope(new Declared("s0", "String s0", true));
        Candidate substring = item(scope, "s0.sub|", "substring(").orElseThrow();
        assertEquals("function", substring.kind());
        assertEquals("(int) String (+1 overload)", substring.signature());
        assertEquals(3, at(scope, "s0.sub|").start());
    }

    @Test
    void generics_are_seen_as_the_receiver_has_them() {
        JavaScope scope = scope(new Declared("m", "Map<String, List<Integer>> m", true));
        assertEquals(
                "(Object) List<Integer>",
                item(scope, "m.get|", "get(").orElseThrow().signature());
    }

    @Test
    void what_stands_earlier_in_the_cell_is_known() {
        assertTrue(texts(scope(), "var list = List.of(1, 2);\nlist.str|").contains("stream()"));
        assertTrue(texts(scope(), "int twice(int x) { return 2 * x; }\ntwi|").contains("twice("));
        assertTrue(texts(scope(), "record Trip(int passengers) {}\nnew Trip(1).pass|")
                .contains("passengers()"));
        assertTrue(
                texts(scope(), "public static String name = \"\";\nname.isB|").contains("isBlank()"));
    }

    @Test
    void parameters_of_lambdas_are_known() {
        assertTrue(
                texts(scope(), "List.of(\"a\").stream().map(each -> each.toUp|").contains("toUpperCase("));
        assertTrue(texts(scope(), "List.of(\"a\").forEach(each -> { each.toUp|").contains("toUpperCase("));
        assertTrue(texts(scope(), "Function<String, Integer> f = word -> word.len|")
                .contains("length()"));
    }

    @Test
    void method_references_complete() {
        List<String> texts = texts(scope(), "List.of(\"a\").stream().map(String::toUp|");
        assertTrue(texts.stream().anyMatch(text -> text.startsWith("toUpperCase")), texts.toString());
    }

    @Test
    void static_members_come_from_types_and_instance_members_from_values() {
        assertTrue(texts(scope(), "Integer.parse|").contains("parseInt("));
        assertFalse(texts(scope(), "Integer i = 1;\ni.parse|").contains("parseInt("));
        assertTrue(texts(scope(), "Map.Ent|").contains("Entry"));
    }

    @Test
    void a_cell_in_the_middle_of_other_lines_completes() {
        String cell = "String s = \"a\";\nif (s.isEm|\nSystem.out.println(s);\n";
        assertTrue(texts(scope(), cell).contains("isEmpty()"));
        assertTrue(texts(scope(), "class A { void f() { this.hel| }\n int helper() { return 1; } }")
                .contains("helper()"));
    }

    @Test
    void what_the_place_asks_for_comes_first() {
        JavaScope scope = scope(new Declared("word", "String word", true));
        List<String> numbers = texts(scope, "int n = word.|");
        assertTrue(numbers.indexOf("length()") < numbers.indexOf("isEmpty()"), numbers.toString());
        List<String> first = texts(scope, "boolean b = word.|").subList(0, 8);
        assertTrue(first.contains("isEmpty()"), first.toString());
        assertFalse(first.contains("length()"), first.toString());
    }

    @Test
    void a_class_nobody_imported_completes_to_the_name_that_works_at_once() {
        ASSIST.awaitIndex(scope());
        Candidate found = item(scope(), "new LinkedBlockingDe|", "java.util.concurrent.LinkedBlockingDeque")
                .orElseThrow();
        assertEquals("class", found.kind());
        assertEquals("not imported", found.signature());
        assertTrue(texts(scope(), "new ArrayLi|").contains("ArrayList"));
        assertFalse(texts(scope(), "new ArrayLi|").contains("java.util.ArrayList"));
    }

    @Test
    void packages_and_classes_of_imports_complete() {
        ASSIST.awaitIndex(scope());
        assertTrue(texts(scope(), "import java.util.conc|").contains("concurrent"));
        assertTrue(texts(scope(), "import java.util.concurrent.CompletableF|").contains("CompletableFuture"));
        assertTrue(texts(scope(), "import static java.lang.Math.ma|").contains("max("));
        assertTrue(texts(scope(), "java.util.ArrayL|").contains("ArrayList"));
    }

    @Test
    void generated_names_stay_hidden() {
        JavaScope scope = scope(
                new Declared("fetch$impl", "int fetch$impl(int x) { return x; }", false),
                new Declared("fetch", "int fetch(int x) { return fetch$impl(x); }", false),
                new Declared("$1", "int $1", true));
        assertEquals(List.of("fetch("), texts(scope, "fet|"));
        assertEquals("(int x) int", item(scope, "fet|", "fetch(").orElseThrow().signature());
        assertTrue(texts(scope, "|").stream().noneMatch(text -> text.contains("$")));
    }

    @Test
    void file_paths_complete_in_strings(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("trips.csv"), "");
        Files.createDirectory(folder.resolve("tropics"));
        String text = "var in = Path.of(\"" + folder.toString().replace('\\', '/') + "/tr|\")";
        assertEquals(List.of("trips.csv", "tropics/"), texts(scope(), text));
    }

    @Test
    void comments_and_numbers_give_nothing() {
        assertEquals(List.of(), texts(scope(), "// Sys|"));
        assertEquals(List.of(), texts(scope(), "1.|"));
        assertEquals(List.of(), texts(scope(), "/* Sys|"));
    }

    @Test
    void words_of_java_complete() {
        assertTrue(texts(scope(), "retu|").contains("return"));
    }

    @Test
    void attributes_of_annotations_and_broken_code_do_no_harm() {
        assertTrue(texts(scope(), "int 1x = 3;\nString s = \"\";\ns.isB|").contains("isBlank()"));
        assertTrue(texts(scope(), "}\nString s = \"\";\ns.isB|") != null);
        assertTrue(texts(scope(), "foo(((\nSys|") != null);
    }
}
