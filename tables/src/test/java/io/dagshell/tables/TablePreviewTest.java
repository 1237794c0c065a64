package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.tables.preview.Previews;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablePreviewTest {
    @TempDir
    Path folder;

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void text_is_aligned_and_ends_with_the_shape() throws IOException {
        Path file =
                CsvFiles.plain(folder, "id,fare,flag,at", "1,7.25,N,2021-01-01 00:32:22", "20,,Y,", "3,1234567.891,,");
        Table table = Tables.readCsv(file).setName("trips");
        assertThat(TablePreview.of(table).text()).isEqualTo("""
                             id     fare  flag    at
                        integer   double  string  local_date_time
                              1     7.25  N       2021-01-01T00:32:22
                             20        ∅  Y       ∅
                              3  1234570  ∅       ∅
                        trips: 3 rows × 4 columns""");
    }

    @Test
    void text_stays_narrow_and_names_what_it_leaves_out() {
        Table table = SampleTables.random(1, 1_000, 10);
        for (int i = 0; i < 40; i++) {
            table.addColumns(StringColumn.create("wide " + i, 1_000));
        }
        String text = TablePreview.of(table).text();
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(text).contains("⋮ 985 rows").contains("more columns: ").endsWith("1,000 rows × 51 columns");
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void html_has_caption_types_missing_range_and_histograms() throws IOException {
        String[] lines = new String[2_001];
        Arrays.setAll(
                lines,
                i -> i == 0 ? "n,fare,flag" : i + "," + (i % 10 == 0 ? "" : i * 0.5) + "," + (i % 3 == 0 ? "Y" : "N"));
        String html = TablePreview.of(
                        Tables.readCsv(CsvFiles.plain(folder, lines)).setName("trips"))
                .html();
        assertThat(html)
                .contains("<caption>trips: 2,000 rows × 3 columns (first 10, last 5)</caption>")
                .contains("200 (10.0 %)")
                .contains("1 … 2000")
                .contains("0.5 … 999.5")
                .contains("N, Y")
                .contains("aria-label=\"N 1334, Y 666\"")
                .contains("⋮ 1,985 rows")
                .contains("scope=\"col\"");
        assertThat(html).doesNotContainIgnoringCase("<script").doesNotContain("http");
    }

    @Test
    void everything_is_escaped_and_nothing_hides() {
        String evil = "<img src=x onerror=\"alert('1')\">&\u202e\u0007\n";
        Table table = Table.create(evil, StringColumn.create(evil, evil, "x".repeat(1_000)));
        TablePreview preview = TablePreview.of(table);
        assertThat(preview.html())
                .doesNotContain("<img")
                .doesNotContain("\u202e")
                .doesNotContain("\u0007")
                .contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;[U+202E]␇␊");
        assertThat(preview.html()).doesNotContain("x".repeat(401)).contains("x".repeat(399));
        assertThat(preview.text()).doesNotContain("\u202e").doesNotContain("\u0007");
        assertThat(preview.text().lines()).hasSize(5);
        assertThat(preview.json()).doesNotContain("\u202e").doesNotContain("\u0007");
    }

    @Test
    void html_and_json_keep_their_limits_and_say_what_was_left_out() throws IOException {
        StringColumn[] columns = IntStream.range(0, 300)
                .mapToObj(i -> {
                    String[] values = new String[100];
                    Arrays.setAll(values, row -> ("\"" + row + "\u202e&").repeat(60));
                    return StringColumn.create("column <" + i + ">", values);
                })
                .toArray(StringColumn[]::new);
        TablePreview preview = TablePreview.of(Table.create("wide", columns));
        assertThat(bytes(preview.html())).isLessThanOrEqualTo(64 * 1024);
        assertThat(preview.html()).contains("left out").contains("columns not shown");
        assertThat(bytes(preview.json())).isLessThanOrEqualTo(8 * 1024);
        JsonNode json = new ObjectMapper().readTree(preview.json());
        assertThat(json.get("rows").asInt()).isEqualTo(100);
        assertThat(json.get("columns").size() + json.get("columnsNotListed").asInt())
                .isEqualTo(300);
    }

    @Test
    void thirty_columns_are_shown_the_others_are_named() {
        IntColumn[] columns = IntStream.range(0, 50)
                .mapToObj(i -> IntColumn.create("c" + i, 1))
                .toArray(IntColumn[]::new);
        String html = TablePreview.of(Table.create("t", columns)).html();
        assertThat(html).contains(">c19<").contains(">c40<").doesNotContain(">c20<");
        assertThat(html).contains("20 columns not shown (after the first 20): c20, c21");
    }

    @Test
    void a_table_too_large_for_the_budget_is_sampled_and_says_so() {
        double[] values = new double[1_000_000];
        Arrays.setAll(values, i -> i % 4 == 0 ? Double.NaN : i);
        AtomicLong time = new AtomicLong();
        Table table = Table.create("large", DoubleColumn.create("d", values));
        MimeBundle slow = Previews.bundle(table, Duration.ofMillis(150), () -> time.addAndGet(100_000_000));
        assertThat(slow.get(MimeBundle.HTML).orElseThrow()).contains("≈ ");
        MimeBundle fast = Previews.bundle(table, Duration.ofMillis(150), time::get);
        assertThat(fast.get(MimeBundle.HTML).orElseThrow())
                .doesNotContain("≈ ")
                .contains("250,000 (25.0 %)")
                .contains("1 … 999999");
    }

    @Test
    void json_lists_columns_and_first_rows() throws IOException {
        Table table = Tables.readCsv(CsvFiles.plain(folder, "id,fare,flag", "1,2.5,N", "2,,"))
                .setName("trips");
        assertThat(new ObjectMapper().readTree(TablePreview.of(table).json()))
                .isEqualTo(new ObjectMapper().readTree("""
                                        {"name": "trips", "rows": 2,
                                         "columns": [
                                           {"name": "id", "type": "integer", "missing": 0, "min": "1", "max": "2"},
                                           {"name": "fare", "type": "double", "missing": 1, "min": "2.5", "max": "2.5"},
                                           {"name": "flag", "type": "string", "missing": 1}],
                                         "first": [[1, 2.5, "N"], [2, null, null]]}
                                        """));
    }

    @Test
    void every_type_and_empty_tables_have_a_preview() {
        for (int rows : new int[] {0, 1, 14, 15, 16, 5_000}) {
            TablePreview preview = TablePreview.of(SampleTables.random(5, rows, 200));
            assertThat(preview.text()).endsWith(" × 11 columns");
            assertThat(preview.html()).contains("<caption>sample 5: ");
        }
        assertThat(TablePreview.of(Table.create("none")).text()).isEqualTo("none: 0 rows × 0 columns");
    }

    @Test
    void the_view_shows_tables_and_streams_but_reads_no_stream() {
        TableView view = new TableView();
        TableStream stream = Tables.stream(folder.resolve("absent.csv"), 10);
        assertThat(view.shows(stream)).isTrue();
        assertThat(view.render(stream).get(MimeBundle.TEXT))
                .hasValueSatisfying(text -> assertThat(text).startsWith("stream of "));
        assertThat(view.shows("text")).isFalse();
        assertThat(view.render(Table.create("t", IntColumn.create("a", 1))).content())
                .containsOnlyKeys(MimeBundle.TEXT, MimeBundle.HTML, TablePreview.JSON);
    }
}
