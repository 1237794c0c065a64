package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablePreviewTest {

    @Test
    void a_long_table_shows_its_head_its_tail_and_how_many_rows_lie_between() {
        Tables.prepare();
        Table table = Table.create(
                "trips", IntColumn.create("n", IntStream.range(0, 1000).toArray()));
        TablePreview preview = TablePreview.of(table);

        assertThat(preview.caption()).isEqualTo("trips: 1,000 rows × 1 column");
        assertThat(preview.text()).contains("⋮ 985 rows").contains("999").doesNotContain(" 500\n");
        assertThat(preview.html()).contains("⋮ 985 rows").contains("0 … 999");
    }

    @Test
    void nothing_in_a_table_becomes_markup_or_hides_itself() {
        Tables.prepare();
        Table table = Table.create(
                "<b>", StringColumn.create("a\"'<i>", "<script>alert(1)</script>", "x\u0000y\u202ez", "ok"));
        String html = TablePreview.of(table).html();

        assertThat(html)
                .doesNotContain("<script>")
                .doesNotContain("<i>")
                .doesNotContain("\u202e")
                .doesNotContain("\u0000");
        assertThat(html).contains("&lt;script&gt;").contains("\\u202e");
    }

    @Test
    void a_wide_table_of_long_texts_stays_small_and_names_the_columns_it_hides() {
        Tables.prepare();
        Table table = Table.create("wide");
        for (int i = 0; i < 200; i++) {
            table.addColumns(StringColumn.create(
                    "column" + i,
                    IntStream.range(0, 50).mapToObj(n -> "t".repeat(5_000)).toArray(String[]::new)));
        }
        TablePreview preview = TablePreview.of(table);

        assertThat(preview.html()).contains("170 columns not shown").contains("column199");
        assertThat(preview.text().lines().mapToInt(String::length).max().orElseThrow())
                .isLessThanOrEqualTo(120);
    }

    @Test
    void missing_values_are_told_in_text_and_counted() {
        Tables.prepare();
        IntColumn column = IntColumn.create("n", 1, 2);
        column.appendMissing();
        TablePreview preview = TablePreview.of(Table.create("t", column));

        assertThat(preview.text()).contains("∅");
        assertThat(preview.html()).contains("1 (33.3%)");
    }
}
