package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/** Files that other readers get wrong; each is read whole and as a stream, with the same outcome. */
class CsvTrapsTest {
    @TempDir
    Path folder;

    private Table both(String... lines) throws IOException {
        Path file = CsvFiles.plain(folder, lines);
        Table whole = Tables.readCsv(file);
        Table streamed = Tables.stream(file, 7).toTable();
        assertThat(Schema.of(streamed)).isEqualTo(Schema.of(whole));
        assertThat(streamed.write().toString("csv")).isEqualTo(whole.write().toString("csv"));
        return whole;
    }

    private static String[] lines(String header, int rows, java.util.function.IntFunction<String> row) {
        String[] lines = new String[rows + 1];
        Arrays.setAll(lines, i -> i == 0 ? header : row.apply(i));
        return lines;
    }

    @Test
    void values_that_come_late_decide_the_type_and_early_ones_that_are_missing_do_not() throws IOException {
        Table table = both(
                lines("late,half,id", 90_000, i -> (i < 89_999 ? "" : "7") + "," + (i < 50_000 ? "3" : "3.5") + ",a"));
        assertThat(table.types()).containsExactly(ColumnType.INTEGER, ColumnType.DOUBLE, ColumnType.STRING);
        assertThat(table.intColumn("late").countMissing()).isEqualTo(89_998);
        assertThat(table.doubleColumn("half").get(0)).isEqualTo(3);
    }

    @Test
    void mixed_flags_and_identifiers_with_leading_zeros_are_text() throws IOException {
        Table table = both("flag,truth,zip,phone", "Y,true,00501,+1", "N,false,10001,2", "1,yes,90210,3");
        assertThat(table.types()).containsOnly(ColumnType.STRING);
        assertThat(table.stringColumn("zip").get(0)).isEqualTo("00501");
        assertThat(table.stringColumn("truth").asList()).containsExactly("true", "false", "yes");
    }

    @Test
    void values_past_32_and_64_bits_are_never_cut() throws IOException {
        Table table = both("a,b,c", "2147483647,9223372036854775807,9223372036854775808", "2147483648,-1,1");
        assertThat(table.types()).containsExactly(ColumnType.LONG, ColumnType.LONG, ColumnType.STRING);
        assertThat(table.longColumn("a").get(1)).isEqualTo(2147483648L);
        assertThat(table.stringColumn("c").get(0)).isEqualTo("9223372036854775808");
    }

    @Test
    void names_may_hold_quotes_signs_and_pictures() throws IOException {
        Table table = both("\"a \"\"b\"\"\",$cost,🚕 trips,select,\"x,y\"", "1,2,3,4,5");
        assertThat(table.columnNames()).containsExactly("a \"b\"", "$cost", "🚕 trips", "select", "x,y");
        assertThat(TablePreview.of(table).html()).contains("a &quot;b&quot;").contains("🚕 trips");
    }

    @Test
    void no_row_one_row_and_a_column_without_values() throws IOException {
        assertThat(both("a,b").rowCount()).isZero();
        Table one = both("a,b,c", "1,,x");
        assertThat(one.rowCount()).isEqualTo(1);
        assertThat(one.column("b").type()).isEqualTo(ColumnType.STRING);
        assertThat(one.column("b").isMissing(0)).isTrue();
    }

    @Test
    void moments_before_1970_and_of_leap_days_come_as_written() throws IOException {
        Table table = both("at,day", "1969-12-31 23:59:59,1900-02-28", "0001-01-01T00:00:00.001,2000-02-29");
        assertThat(table.dateTimeColumn("at").get(0)).isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59));
        assertThat(table.dateTimeColumn("at").get(1)).isEqualTo(LocalDateTime.of(1, 1, 1, 0, 0, 0, 1_000_000));
        assertThat(table.dateColumn("day").get(1)).isEqualTo(LocalDate.of(2000, 2, 29));
        assertThat(both("day", "1900-02-29").column("day").type()).isEqualTo(ColumnType.STRING);
    }

    @Test
    void what_is_not_a_number_and_infinities_are_text_and_are_refused_as_decimals() throws IOException {
        assertThat(both("a", "1.5", "NaN", "-Infinity").column("a").type()).isEqualTo(ColumnType.STRING);
        Path file = CsvFiles.plain(folder, "a", "1.5", "NaN");
        assertThatThrownBy(
                        () -> Tables.readCsv(file, Tables.schema().decimal("a").build()))
                .isInstanceOf(TableFileException.class)
                .hasMessage(file + ", line 3, column a: \"NaN\" is not a number");
    }

    @Test
    void a_byte_order_mark_foreign_line_ends_and_a_missing_last_one_change_nothing() throws IOException {
        Path file = folder.resolve("foreign.csv");
        Files.write(file, "\uFEFFid,name\r\n1,a\r\n2,b".getBytes(StandardCharsets.UTF_8));
        Table table = Tables.readCsv(file);
        assertThat(table.columnNames()).containsExactly("id", "name");
        assertThat(table.stringColumn("name").asList()).containsExactly("a", "b");
        assertThat(Tables.stream(file, 1).toTable().rowCount()).isEqualTo(2);
    }

    @Test
    void sixteen_hundred_columns_are_read() throws IOException {
        String header = IntStream.range(0, 1_600).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 1_600).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Table table = both(header, row, row);
        assertThat(table.columnCount()).isEqualTo(1_600);
        assertThat(table.intColumn("c1599").get(1)).isEqualTo(1599);
    }

    @Test
    void a_number_column_that_a_text_turned_into_text_says_so_with_the_text_and_its_row() throws IOException {
        Path file =
                CsvFiles.plain(folder, lines("n,when", 2_000, i -> i == 1_500 ? "many,2021-01-01" : i + ",2021-01-01"));
        assertThatThrownBy(() -> Tables.stream(file, 100_000)
                        .filter(chunk -> chunk.intColumn("n").isNotEqualTo(0))
                        .toTable())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("column n of trips")
                .hasMessageContaining(" is text, not whole numbers of 32 bits, because of \"many\" in row 1500. ");
        Table table = Tables.readCsv(file);
        assertThatThrownBy(() -> table.dateTimeColumn("when"))
                .hasMessageContaining("column when of ")
                .hasMessageContaining(" is local_date, not timestamps. ");
    }

    @Test
    void a_schema_makes_the_same_text_an_error_of_its_line_in_a_stream() throws IOException {
        Path file = CsvFiles.plain(folder, lines("n", 2_000, i -> i == 1_500 ? "many" : "" + i));
        CsvOptions options =
                CsvOptions.defaults().withSchema(Tables.schema().integer("n").build());
        assertThatThrownBy(() -> Tables.stream(file, 100, options).toTable())
                .hasMessage(file + ", line 1501, column n: \"many\" is not a whole number of 32 bits");
    }
}
