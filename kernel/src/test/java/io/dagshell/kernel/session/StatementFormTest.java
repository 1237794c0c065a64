package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementFormTest {
    private final Cells cells = Cells.open();

    @AfterEach
    void close() {
        cells.close();
    }

    @Test
    void an_expression_is_shown_whatever_form_it_has() {
        cells.must("int n = 2; String text(Object o) { return \"[\" + o + \"]\"; }");
        assertThat(cells.value("n")).isEqualTo("2");
        assertThat(cells.value("// says\n/* it */ text(\n  n\n) // here")).isEqualTo("[2]");
        assertThat(cells.value("n = 5")).isEqualTo("5");
        assertThat(cells.value("n++")).isEqualTo("5");
        assertThat(cells.value("n")).isEqualTo("6");
        assertThat(cells.value("true ? 1 : 2.0")).isEqualTo("1.0");
        assertThat(cells.value("'a'")).isEqualTo("a");
        assertThat(cells.value("new Object() { public String toString() { return \"mine\"; } }"))
                .isEqualTo("mine");
        assertThat(cells.value("switch (n) { case 6 -> \"six\"; default -> \"other\"; }"))
                .isEqualTo("six");
        assertThat(cells.must("null").results()).isEmpty();
        assertThat(cells.must("n;").results()).isEmpty();
    }

    @Test
    void a_statement_runs_once_and_a_declaration_stays_one() {
        cells.must("int n = 0; int more() { return ++n; }\nvoid nothing() { n += 10; }");
        cells.must("more();\nnothing()");
        assertThat(cells.value("n")).isEqualTo("11");
        cells.must("more(); String later = \"kept\";\nmore();");
        assertThat(cells.value("later + n")).isEqualTo("kept13");
        cells.must("Runnable r = () -> more()");
        assertThat(cells.value("r.run(); n")).isEqualTo("14");
    }

    @Test
    void what_does_not_compile_is_marked_in_the_persons_own_text() {
        assertThat(cells.mustFail("String s = \"a\";\ns.nothing()").traceback())
                .contains("cannot find symbol")
                .contains("[1]:2");
        assertThat(cells.mustFail("1); System.out.println(2").traceback()).doesNotContain("WovenCalls");
        assertThat(cells.mustFail("int zero = 0;\nint fail() { return 1 / zero; }\nMath.abs(\n  fail())")
                        .traceback())
                .contains("[3]:4");
        assertThat(cells.mustFail("Math.abs(\n\n  fail());").traceback()).contains("[4]:3");
    }
}
