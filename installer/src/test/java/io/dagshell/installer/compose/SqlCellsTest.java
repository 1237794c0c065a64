package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.store.EnvironmentBlocks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlCellsTest {
    private static final BlockSource BLOCKS = EnvironmentBlocks.of(Map.of(
            "DAGSHELL_BLOCK_DB", "postgresql://me@localhost/a",
            "DAGSHELL_BLOCK_DB_OF_TAXIS", "postgresql://me@localhost/b",
            "DAGSHELL_BLOCK_DB_KEY", "a secret",
            "DAGSHELL_BLOCK_DB_BROKEN", "{"));

    private static List<String> offered(String typed) {
        return new SqlCells(BLOCKS)
                .complete(typed, typed.length()).stream()
                        .map(each -> typed.substring(0, each.start()) + each.text())
                        .toList();
    }

    @Test
    void blocks_of_postgresql_are_offered_behind_the_magic_and_nowhere_else() {
        assertThat(offered("%%sql ")).containsExactly("%%sql db", "%%sql db-of-taxis");
        assertThat(offered("%%sql db-")).containsExactly("%%sql db-of-taxis");
        assertThat(offered("%%sql db ")).isEmpty();
        assertThat(offered("%%sql db\nselect ")).isEmpty();
        assertThat(offered("%%sqlite ")).isEmpty();
        assertThat(offered("sql ")).isEmpty();
    }

    @Test
    void the_list_of_magics_has_it() {
        assertThat(new SqlCells(BLOCKS).cellMagics()).containsKey("sql");
    }

    private static TransformedCell java(String cell) {
        return new SqlCells(BLOCKS)
                .transform(new CellRequest("n.ipynb[1]", 1, cell))
                .orElseThrow();
    }

    @Test
    void a_cell_of_sql_is_a_call_of_its_block_with_variables_for_its_parameters() {
        String cell = "%%sql db -o trips\nselect *, ':no'\nfrom \"t\" where day > :since";
        assertThat(java(cell).java())
                .isEqualTo("var trips = io.dagshell.blocks.Blocks.postgres(\"db\").query("
                        + "\"                 \\nselect *, ':no'\\nfrom \\\"t\\\" where day > :since\","
                        + " io.dagshell.blocks.SqlText.values(\"\"\n\n, \"since\", since)); trips");
    }

    @Test
    void a_parameter_stands_where_it_is_typed() {
        String cell = "%%sql db\nselect\n  :a, :bee";
        TransformedCell java = java(cell);
        assertThat(java.toOriginal(java.java().indexOf(", bee") + 2)).isEqualTo(cell.indexOf("bee"));
        assertThat(java.toJava(cell.indexOf("bee") + 1)).isEqualTo(java.java().indexOf(", bee") + 3);
    }

    @Test
    void no_text_leaves_its_quotes() {
        assertThat(java("%%sql db\nselect '\"); \\u0022 \t🚕'").java())
                .contains("select '\\\"); \\\\u0022 \\u0009\\ud83d\\ude95'\"");
    }

    @Test
    void a_header_without_a_block_says_how_to_write_it() {
        assertThatThrownBy(() -> java("\n%%sql\nselect 1"))
                .isInstanceOf(CellProblem.class)
                .hasMessageContaining("%%sql BLOCK [-o NAME]");
        assertThatThrownBy(() -> java("%%sql db -o 1x\nselect 1")).hasMessageContaining("'1x' is no name");
        assertThatThrownBy(() -> java("%%sql db -o a.b\nselect 1")).hasMessageContaining("'a.b' is no name");
        assertThatThrownBy(() -> java("%%sql db\n \n")).hasMessageContaining("no SQL below");
        assertThat(new SqlCells(BLOCKS).transform(new CellRequest("n", 1, "%%sqlite x")))
                .isEmpty();
    }
}
