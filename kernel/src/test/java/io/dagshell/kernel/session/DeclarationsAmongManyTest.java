package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same where much is declared that JShell is not shown, since nothing names it. */
class DeclarationsAmongManyTest extends DeclarationsTest {
    private static final int MANY = 12;

    @Override
    void prepare(Cells cells) {
        cells.unnumbered(IntStream.range(0, MANY)
                .mapToObj(i -> "int " + FILLER + "Method" + i + "(int n) { return n + " + i + "; }\nString " + FILLER
                        + "Text" + i + " = \"\";")
                .collect(Collectors.joining("\n")));
    }

    @Test
    void a_declaration_sees_what_it_names() {
        Cells cells = cells();
        cells.must("int uses(int n) { return " + FILLER + "Method3(n) + " + FILLER + "Text4.length(); }");
        assertThat(cells.value("uses(1)")).isEqualTo("4");
        cells.must("var text = " + FILLER + "Text5 + uses(2);\nclass Holder { int held = uses(" + FILLER
                + "Method1(0)); }");
        assertThat(cells.value("text + new Holder().held")).isEqualTo("54");
    }

    @Test
    void what_uses_a_declaration_goes_by_its_latest() {
        Cells cells = cells();
        cells.must("int low() { return 1; }");
        cells.must("int high() { return low() + " + FILLER + "Method0(0); }\nint top() { return high(); }");
        cells.must("int low() { return 5; }");
        assertThat(cells.value("top()")).isEqualTo("5");
        cells.must("String later() { return soon(\"a\"); }\nString soon(String s) { return s + " + FILLER + "Text1; }");
        assertThat(cells.value("later()")).isEqualTo("a");
        cells.must("int fact(int n) { return n < 2 ? 1 : n * fact(n - 1); }");
        assertThat(cells.value("fact(4)")).isEqualTo("24");
        cells.must("int fact(int n) { return n < 2 ? 10 : n * fact(n - 1); }");
        assertThat(cells.value("fact(4)")).isEqualTo("240");
        cells.must("int twice(int n) { return 2 * n; }\nString twice(String s) { return s + s; }");
        cells.must("String both() { return twice(2) + twice(\"a\"); }");
        cells.must("int twice(int n) { return 20 * n; }");
        assertThat(cells.value("both()")).isEqualTo("40aa");
    }

    @Test
    void what_was_not_seen_is_still_there() {
        Cells cells = cells();
        cells.must(FILLER + "Text7 = \"kept\";");
        cells.must("int fresh() { return 1; }");
        cells.mustFail("int failing() { return missing; }");
        cells.mustFail("int broken() { return \"\"; }");
        cells.must("int x = fresh();\nrecord R(int n) {}");
        assertThat(cells.value(FILLER + "Text7 + " + FILLER + "Method11(x)")).isEqualTo("kept12");
    }
}
