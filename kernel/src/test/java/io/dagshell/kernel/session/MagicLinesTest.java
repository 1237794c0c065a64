package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are Java's. */
class MagicLinesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int h(int x) {\n    return x\n    % 2\n    + 1;\n}",
                "int h(int x, int y) {\n    return x\n%y;\n}",
                "boolean h(boolean a, boolean flag) {\n    return a\n&&\n!flag;\n}",
                "int z = x\n%y\n+ 1;",
                "int z = x\n%time (3)\n+ 1;",
                "boolean z = x\n% y instanceof Integer;",
                "int z = switch (x) { default -> 7; }\n%y\n+ 1;",
                "int z = \"}\".length() // ;\n%y\n;",
                "String s = \"\"\"\n%time x\n%env HOME\n  \"\"\";",
                "/*\n%env HOME\n%%sql\n*/ int a;",
                "f(1,\n%env\n2)",
                "% 2",
                "%2",
                "%(x)",
                "!(flag)",
                "!!flag",
                "!list.isEmpty()",
                "boolean z = x\n!= y;",
                "boolean z = x ||\n!ls;",
                "boolean z = f(\n!ls\n);",
                "int z = x > 0\n?y\n:x;",
                "int z = x\n/vars\n+ 1;",
                "int z = x > 0 ?\n  y : x;",
                "boolean z = x\n  ? a : b;",
                "/* vars */",
                "//vars",
                "?",
                "!"
            })
    void java_stays_whatever_its_lines_begin_with(String java) {
        assertThat(MagicLines.blanked(java)).isEqualTo(java);
        assertThat(MagicLines.of(java)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int a = 1;\n",
                "int h(int x) { return x; } // twice\n/* and */\n",
                "foo() // no semicolon\n",
                "int[] a = {1, 2}\n",
                "%env it's \"\"\" (odd\n",
                "import java.util.List;\r\n",
                "/* ' */ char c = '\"';\n"
            })
    void a_magic_stands_where_java_is_over(String before) {
        String cell = before + "  %env HOME\nint b = 2;";
        int start = before.length();
        assertThat(MagicLines.of(cell)).contains(new MagicLines.Line(start, start + "  %env HOME".length()));
        assertThat(MagicLines.blanked(cell)).endsWith("\n" + "int b = 2;").doesNotContain("HOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!ls -l",
                "  !ls | grep '(' && echo \"%\"",
                "! echo $(date)",
                "!pwd",
                "?list",
                "??java.util.List",
                "?%whos",
                "?%%bash",
                "?!",
                "/vars",
                "/list 3"
            })
    void a_line_of_the_shell_a_question_or_a_listing_stands_where_a_statement_may_begin(String line) {
        String cell = "int a = 1;\n" + line + "\nint b = 2;";
        assertThat(MagicLines.blanked(cell)).isEqualTo("int a = 1;\n" + " ".repeat(line.length()) + "\nint b = 2;");
        String body = "void f() {\n" + line + "\n}";
        assertThat(MagicLines.blanked(body)).isEqualTo(body);
    }

    @Test
    void a_command_may_follow_an_expression_without_its_semicolon() {
        assertThat(MagicLines.blanked("f(1)\n!ls")).isEqualTo("f(1)\n   ");
        assertThat(MagicLines.blanked("\"a\"\n!ls")).isEqualTo("\"a\"\n   ");
    }

    @Test
    void a_question_mark_behind_a_name_asks_at_the_end_of_the_cell_only() {
        assertThat(MagicLines.blanked("int a = 1;\nlist.size??\n")).isEqualTo("int a = 1;\n           \n");
        assertThat(MagicLines.blanked("a?\nb : c")).isEqualTo("a?\nb : c");
    }

    @Test
    void the_body_of_a_timed_cell_is_java_and_of_any_other_cell_magic_nothing_is() {
        assertThat(MagicLines.blanked("%%time\nint a = 1;\n")).isEqualTo("      \nint a = 1;\n");
        assertThat(MagicLines.blanked("\n%%sql x\r\nselect 1")).isEqualTo("\n       \r\n        ");
        assertThat(MagicLines.ownCell("%%time\n1")).isFalse();
        assertThat(MagicLines.ownCell("%%timetable\n1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%maven g:a:1\n%%task cache\nint f() { return 1; }",
                "// the task\n%%task cache\nint f() { return 1; }",
                "int a = 1;\n  %%task cache\nint f() { return 1; }",
                "\n\n// two\n/* and */ int b;\n%%sql\nselect 1"
            })
    void a_cell_magic_below_the_first_line_is_refused_at_its_line(String cell) {
        String before = cell.substring(0, cell.indexOf("%%"));
        assertThatThrownBy(() -> MagicLines.requireHeaderFirst(cell))
                .isInstanceOfSatisfying(CellProblem.class, refused -> {
                    assertThat(refused.line())
                            .isEqualTo(1
                                    + (int) before.chars()
                                            .filter(c -> c == '\n')
                                            .count());
                    assertThat(refused.column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
                })
                .hasMessageContaining(" must be the first line of its cell: move what stands above it")
                .hasMessageContaining("//DEPS group:artifact:version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%%task\nint f() { return 1; }\n%%task",
                "/*\n%%sql\n*/ int a;",
                "String s = \"\"\"\n%%sql\n\"\"\";",
                "int a = b %\n c;",
                "String s = String.format(\"%%d\");"
            })
    void percent_signs_elsewhere_are_no_header(String cell) {
        assertThatCode(() -> MagicLines.requireHeaderFirst(cell)).doesNotThrowAnyException();
    }

    @Property(tries = 300)
    void magic_free_java_is_kept_to_the_last_character(@ForAll("declarations") List<String> declarations) {
        String cell = String.join("\n", declarations);
        assertThat(MagicLines.blanked(cell)).isEqualTo(cell);
    }

    @Property(tries = 300)
    void only_the_magic_lines_between_declarations_are_blanked(@ForAll("declarations") List<String> declarations) {
        List<String> typed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (String declaration : declarations) {
            typed.addAll(List.of("%env HOME", declaration, "  %lsmagic"));
            kept.addAll(List.of(" ".repeat(9), declaration, " ".repeat(10)));
        }
        assertThat(MagicLines.blanked(String.join("\n", typed))).isEqualTo(String.join("\n", kept));
    }

    /** Declarations whose tokens stand on as many lines as there is room for. */
    @Provide
    Arbitrary<List<String>> declarations() {
        Arbitrary<String> text = Arbitraries.of(
                "\"\"\"\n%env HOME\n%y\n  ;}\n\"\"\".length()", "\"%time {\".length()", "'%'", "1", "a", "b.c", "f(a)");
        Arbitrary<String> operator = Arbitraries.of("%", "% ", "+", "-", "*");
        Arbitrary<String> blank = Arbitraries.of("\n", "\n    ", " ", " // %env ; }\n", " /*\n%env HOME\n*/ ");
        Arbitrary<String> step = Combinators.combine(blank, operator, text).as((b, o, t) -> b + o + t);
        Arbitrary<String> expression = Combinators.combine(text, step.list().ofMaxSize(6), blank)
                .as((first, steps, last) -> first + String.join("", steps) + last);
        return expression
                .flatMap(e -> Arbitraries.of(
                        "int z = " + e + ";",
                        "int h(int a) {\n    return " + e + ";\n}",
                        "record R(int n) { int m() { return " + e + "; } }",
                        "int[] z = {" + e + "};",
                        "int z = switch (a) { default -> " + e + "; }\n%y\n;"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
