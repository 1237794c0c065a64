package io.dagshell.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.kernel.session.CellProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellStatementsTest {

    @Test
    void every_way_to_write_a_coordinate_is_understood() {
        assertThat(Coordinate.parse("g:a:1.0")).isEqualTo(new Coordinate("g", "a", "jar", "", "1.0"));
        assertThat(Coordinate.parse("g:a")).isEqualTo(new Coordinate("g", "a", "jar", "", ""));
        assertThat(Coordinate.parse("g:a:zip:1.0")).isEqualTo(new Coordinate("g", "a", "zip", "", "1.0"));
        assertThat(Coordinate.parse("g:a:jar:tests:1.0")).isEqualTo(new Coordinate("g", "a", "jar", "tests", "1.0"));
        assertThat(Coordinate.parse("g:a:1.0:tests")).isEqualTo(new Coordinate("g", "a", "jar", "tests", "1.0"));
        assertThat(Coordinate.parse("g:a:1.0@pom")).isEqualTo(new Coordinate("g", "a", "pom", "", "1.0"));
        assertThat(Coordinate.parse("g:a:[1.0,2.0)").version()).isEqualTo("[1.0,2.0)");
    }

    @Test
    void what_is_no_coordinate_is_refused_at_its_place_with_the_forms_there_are() {
        assertThatThrownBy(() -> CellStatements.of("int x = 1;\n  %maven g:a:1 nonsense"))
                .isInstanceOfSatisfying(CellProblem.class, problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.column()).isEqualTo(16);
                })
                .hasMessageContaining("'nonsense' is no Maven coordinate")
                .hasMessageContaining("group:artifact:version");
        for (String wrong : List.of("g:a:1:2:3:4", "g", "g::1", "g:a:", "g a:b", "g:a:1 2@", ":a:1")) {
            assertThatThrownBy(() -> Coordinate.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void lines_are_taken_out_of_the_cell_and_nothing_moves() {
        String cell = "int x = 1;\n%maven g:a:1\n//DEPS g:b:2, g:c:3 // as in jbang\nint y = 2;\n";

        CellStatements read = CellStatements.of(cell);

        assertThat(read.statements())
                .containsExactly(
                        new Statement.Jar(2, Coordinate.parse("g:a:1"), List.of()),
                        new Statement.Jar(3, Coordinate.parse("g:b:2"), List.of()),
                        new Statement.Jar(3, Coordinate.parse("g:c:3"), List.of()));
        assertThat(read.remaining()).isEqualTo(cell.replace("%maven g:a:1", "            "));
    }

    @Test
    void a_line_inside_a_text_block_is_text() {
        assertThat(CellStatements.of("var s = \"\"\"\n%maven g:a:1\n//DEPS g:a:1\n\"\"\";")
                        .isEmpty())
                .isTrue();
        assertThat(CellStatements.of("var s = \"\"\"\n\"\"\";\n%maven g:a:1").statements())
                .hasSize(1);
    }

    @Test
    void what_a_comment_or_a_headers_text_block_holds_declares_nothing() {
        assertThat(CellStatements.of("/*\n//DEPS g:a:1\n*/ // \"\"\"\n//DEPS g:b:2")
                        .statements())
                .containsExactly(new Statement.Jar(4, Coordinate.parse("g:b:2"), List.of()));
        assertThat(CellStatements.of(
                                "%%task name=\"/*\"\nString f() { return \"\"\"\n//DEPS g:a:1\n\"\"\"; }\n//DEPS g:b:2")
                        .statements())
                .containsExactly(new Statement.Jar(5, Coordinate.parse("g:b:2"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%writefile Script.java", "\n%%writefile -a x", "%%bash", "%%sh"})
    void the_text_of_a_file_or_a_script_declares_nothing(String header) {
        assertThat(CellStatements.of(header + "\n//DEPS g:a:1\n//REPOS nonsense\n")
                        .isEmpty())
                .isTrue();
        assertThat(CellStatements.of("%%time\n//DEPS g:a:1").statements()).hasSize(1);
        assertThat(CellStatements.of("%%task").isEmpty()).isTrue();
    }

    @Test
    void options_boms_repositories_and_ranges_are_read() {
        CellStatements read = CellStatements.of("""
                %mavenRepo mine file:///tmp/repo
                //REPOS https://repo.example/maven
                %maven bom g:bom:1
                //DEPS g:other-bom:2@pom
                %maven g:a:[1,2) g:b:1 --exclude x:y --exclude=*:z --update --offline
                """);

        assertThat(read.statements())
                .containsExactly(
                        new Statement.Repository(1, "mine", "file:///tmp/repo"),
                        new Statement.Repository(2, "https://repo.example/maven", "https://repo.example/maven"),
                        new Statement.Bom(3, Coordinate.parse("g:bom:1")),
                        new Statement.Bom(4, Coordinate.parse("g:other-bom:2@pom")),
                        new Statement.Jar(5, Coordinate.parse("g:a:[1,2)"), List.of("x:y", "*:z")),
                        new Statement.Jar(5, Coordinate.parse("g:b:1"), List.of("x:y", "*:z")));
        assertThat(read.offline() && read.update()).isTrue();
    }

    @Test
    void an_unknown_option_names_those_there_are() {
        assertThatThrownBy(() -> CellStatements.of("%maven g:a:1 --exlude x:y"))
                .isInstanceOf(CellProblem.class)
                .hasMessageContaining("--exclude g:a, --offline, --update");
    }

    @Test
    void a_task_cell_declares_by_comments_only() {
        assertThat(CellStatements.of("%%task\n//DEPS g:a:1\nint f() { return 1; }")
                        .statements())
                .hasSize(1);
    }
}
