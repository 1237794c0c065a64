package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeclarationMagicsTest {
    private final Cells cells = Cells.open(new KernelExtension() {
        @Override
        public Optional<String> describe(Object value) {
            return value instanceof Thread ? Optional.of("a thread") : Optional.empty();
        }
    });

    @AfterEach
    void close() {
        cells.close();
    }

    @Test
    void whos_lists_variables_with_type_and_value_as_text_and_table() {
        cells.must("import java.util.*;\nList<String> names = List.of(\"a\");\nint n = 7;\nThread t = new Thread();");
        Map<String, String> shown = cells.must("%whos").results().get(0);

        assertThat(shown.getOrDefault("text/plain", "").lines())
                .containsExactly(
                        "Name   Type          Value",
                        "names  List<String>  List(1) [\"a\"]",
                        "n      int           7",
                        "t      Thread        a thread");
        assertThat(shown.get("text/html")).contains("List&lt;String&gt;").contains("a thread");
        assertThat(cells.value("%whos n").lines()).hasSize(2);
    }

    @Test
    void whos_of_a_name_nobody_has_says_so_at_its_line() {
        assertThat(cells.value("%whos")).isEqualTo("no variables yet");
        CellError error = cells.mustFail("int k = 1;\n%whos missing").error();
        assertThat(error.message()).contains("no variable is called missing");
        assertThat(error.line()).isEqualTo(2);
    }

    @Test
    void reset_forgets_what_cells_declared_and_frees_the_names() {
        cells.must("import java.util.List;\nint n = 7;\nint f() { return n; }\nrecord R(int a) {}");
        assertThat(cells.value("%reset")).isEqualTo("forgotten: 4 declarations");

        assertThat(cells.mustFail("f()").error().name()).isEqualTo("CompileError");
        assertThat(cells.mustFail("List.of(n)").error().name()).isEqualTo("CompileError");
        cells.must("String n = \"new\";\ndisplay(n);");
        assertThat(cells.value("n")).isEqualTo("new");
    }

    @Test
    void reset_lets_go_of_the_values() {
        cells.must("Object big = new Object();\nvar held = new java.lang.ref.WeakReference<>(big);");
        cells.must("System.getProperties().put(\"test.held\", held);");
        try {
            cells.must("%reset");
            String cleared = "System.gc(); for (int i = 0; i < 100 && ((java.lang.ref.WeakReference<?>) "
                    + "System.getProperties().get(\"test.held\")).get() != null; i++) { System.gc(); Thread.sleep(20); }";
            cells.must(cleared);
            assertThat(
                            cells.value(
                                    "((java.lang.ref.WeakReference<?>) System.getProperties().get(\"test.held\")).get() == null"))
                    .isEqualTo("true");
        } finally {
            System.getProperties().remove("test.held");
        }
    }

    @Test
    void the_listings_of_jshell_are_there() {
        cells.must("import java.util.List;");
        cells.must("int n = 7;\nint twice(int x) { return 2 * x; }\nrecord R(int a) implements Comparable<R> {\n"
                + "  public int compareTo(R o) { return 0; }\n}");

        assertThat(cells.value("/vars")).isEqualTo("int n = 7");
        assertThat(cells.value("/methods")).isEqualTo("int twice(int x)");
        assertThat(cells.value("/types")).isEqualTo("record R(int a) implements Comparable<R>");
        assertThat(cells.value("/imports")).contains("import java.util.List;");
        assertThat(cells.value("/list")).contains("[1] import java.util.List;").contains("[2] int n = 7;");
        assertThat(cells.mustFail("/vars n").error().message()).contains("write /vars");
        assertThat(cells.mustFail("/drop n").error().message()).contains("unknown magic /drop");
    }

    @Test
    void a_question_shows_what_a_name_is_beside_the_notebook() {
        cells.must("int answer = 42;");
        assertThat(cells.must("?answer").displays().get(0).get("text/plain")).contains("int answer", "42");
        assertThat(cells.must("answer?").displays().get(0).get("text/plain")).contains("int answer", "42");
        assertThat(cells.must("??%whos").displays().get(0).get("text/plain")).startsWith("%whos [name…]");
        assertThat(cells.mustFail("?nothing").error().message()).contains("nothing is called nothing");
    }

    @Test
    void magics_are_completed_with_their_options_and_inspected() {
        assertThat(cells.session().complete("%wh", 3).items())
                .extracting(Completions.Item::text)
                .containsExactly("%whos");
        assertThat(cells.session().complete("int a = 1;\n/va", 14).items())
                .extracting(Completions.Item::text)
                .containsExactly("/vars");
        assertThat(cells.session().complete("int a = 1\n/va", 13).items())
                .extracting(Completions.Item::text)
                .doesNotContain("/vars");
        assertThat(cells.session()
                        .inspect("int a;\n%whos", 12, false)
                        .orElseThrow()
                        .get("text/plain"))
                .startsWith("%whos [name…]");
        assertThat(cells.session()
                        .inspect("%%time\nint a;", 2, false)
                        .orElseThrow()
                        .get("text/plain"))
                .startsWith("%%time");
    }

    @Test
    void values_of_magics_before_the_end_of_a_cell_are_displayed() {
        Recorder output = cells.must("int n = 7;\n/vars\n%whos");
        assertThat(output.displays()).extracting(each -> each.get("text/plain")).containsExactly("int n = 7");
        assertThat(output.results()).hasSize(1);
    }

    @Test
    void a_question_is_completed_as_java() {
        cells.must("int unusualName = 1;");
        assertThat(cells.session().complete("?unusualN", 9).items())
                .extracting(Completions.Item::text)
                .containsExactly("unusualName");
    }

    @Test
    void a_magic_written_with_the_wrong_number_of_signs_is_told_the_right_one() {
        assertThat(cells.mustFail("%%whos\n").error().message()).contains("write %whos");
    }
}
