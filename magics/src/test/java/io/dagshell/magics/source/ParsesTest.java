package io.dagshell.magics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParsesTest {
    private static final List<String> CELLS = List.of(
            "int one() { return 1; }",
            "int broken( { return 2; }",
            "record Three(int n) { }\nThree three = new Three(3);",
            "call(one(), 4)",
            "import java.util.List;\nif (true) { } else { }",
            "}",
            "",
            "// only a comment");

    @Test
    void cells_parsed_together_are_split_as_if_each_were_alone() {
        Parses together = new Parses();
        together.cells(CELLS);

        for (String cell : CELLS) {
            assertThat(Members.of(cell, together)).as(cell).isEqualTo(Members.of(cell, new Parses()));
        }
        assertThat(Members.of(CELLS.get(0), together)).extracting(Member::kind).containsExactly(Member.Kind.METHOD);
        assertThat(Members.of(CELLS.get(1), together)).extracting(Member::kind).containsExactly(Member.Kind.BROKEN);
        assertThat(Members.of(CELLS.get(3), together)).extracting(Member::kind).containsExactly(Member.Kind.STATEMENT);
    }

    @Test
    void a_syntax_error_is_of_the_text_it_is_in() {
        List<ParsedClass> parsed =
                ParsedClass.all(List.of("class $ { int a; }", "class $ { int ; }", "class $ { int b; }"));

        assertThat(parsed).extracting(ParsedClass::failed).containsExactly(false, true, false);
        assertThat(parsed.get(1).errorOffset()).isEqualTo("class $ { int".length());
    }
}
