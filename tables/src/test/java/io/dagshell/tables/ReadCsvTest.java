package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ReadCsvTest {
    @TempDir
    Path folder;

    private Table read(String... lines) throws IOException {
        return Tables.readCsv(CsvFiles.plain(folder, lines));
    }

    private String types(String... lines) throws IOException {
        return Schema.of(read(lines)).toString();
    }

    @Test
    void names_become_lower_case_and_a_byte_order_mark_is_no_part_of_them() throws IOException {
        assertThat(read("\uFEFFVendorID, Fare Amount ,", "1,2,3").columnNames())
                .containsExactly("vendorid", "fare amount", "column_3");
    }

    @Test
    void each_type_is_found() throws IOException {
        assertThat(types(
                        "i,l,d,s,t,day,b,flag,zip",
                        "1,5000000000,2.5,abc,2021-01-01 00:00:01,2021-02-28,true,N,00501",
                        "-2,1,3,1,2021-01-01T23:59:59.125,2020-02-29,FALSE,Y,10001"))
                .isEqualTo("i integer, l long, d double, s string, t local_date_time, day local_date, b boolean,"
                        + " flag string, zip string");
    }

    @Test
    void values_come_as_they_are() throws IOException {
        Table table = read("i,d,s,t,day,b", "7,0.1,\"a, \"\"b\"\"\",2021-01-01 12:30:01.5,2020-02-29,true", ",,,,,");
        assertThat(table.intColumn("i").get(0)).isEqualTo(7);
        assertThat(table.doubleColumn("d").get(0)).isEqualTo(0.1);
        assertThat(table.stringColumn("s").get(0)).isEqualTo("a, \"b\"");
        assertThat(table.dateTimeColumn("t").get(0)).isEqualTo(LocalDateTime.parse("2021-01-01T12:30:01.500"));
        assertThat(table.dateColumn("day").get(0)).isEqualTo(LocalDate.parse("2020-02-29"));
        assertThat(table.booleanColumn("b").get(0)).isTrue();
        assertThat(table.columns())
                .allSatisfy(column ->
                        assertThat(column.isMissing(1)).as(column.name()).isTrue());
        assertThat(table.columns())
                .allSatisfy(column ->
                        assertThat(column.countMissing()).as(column.name()).isEqualTo(1));
    }

    @Test
    void the_last_row_can_change_a_type_and_nothing_is_lost() throws IOException {
        String[] lines = new String[50_002];
        lines[0] = "long,decimal,text,late";
        for (int i = 1; i <= 50_000; i++) {
            lines[i] = i + "," + i + "," + i + ".50,";
        }
        lines[50_001] = "3000000000,3.5,n/a,12";
        Table table = read(lines);
        assertThat(Schema.of(table).toString()).isEqualTo("long long, decimal double, text string, late integer");
        assertThat(table.longColumn("long").get(49_999)).isEqualTo(50_000);
        assertThat(table.doubleColumn("decimal").get(0)).isEqualTo(1.0);
        assertThat(table.doubleColumn("decimal").get(50_000)).isEqualTo(3.5);
        assertThat(table.stringColumn("text").get(0)).isEqualTo("1.50");
        assertThat(table.intColumn("late").countMissing()).isEqualTo(50_000);
    }

    @Test
    void what_a_number_cannot_keep_stays_text() throws IOException {
        assertThat(types("a,b,c,d,e", "12,+49,0,99999999999999999999,9007199254740993", "007,1,-0,1,1.5"))
                .isEqualTo("a string, b string, c double, d string, e string");
        assertThat(types("a,b,c,d", "1,true,2021-02-30,2021-01-01 00:00:00.0001", "x,1,2021-01-01,"))
                .isEqualTo("a string, b string, c string, d string");
        assertThat(types("smallest", "-2147483648")).isEqualTo("smallest long");
    }

    @Test
    void a_column_without_values_is_text() throws IOException {
        Table table = read("a,b", "1,", "2,");
        assertThat(Schema.of(table).toString()).isEqualTo("a integer, b string");
        assertThat(table.stringColumn("b").countMissing()).isEqualTo(2);
    }

    @Test
    void a_header_alone_is_a_table_without_rows() throws IOException {
        Table table = read("a,b");
        assertThat(table.columnNames()).containsExactly("a", "b");
        assertThat(table.rowCount()).isZero();
    }

    @Test
    void blank_lines_are_no_rows_but_a_missing_value_in_a_single_column() throws IOException {
        assertThat(read("a,b", "1,2", "", "3,4", "").rowCount()).isEqualTo(2);
        assertThat(read("a", "1", "", "3").intColumn("a").countMissing()).isEqualTo(1);
    }

    @Test
    void the_last_line_may_lack_its_end_or_have_the_one_of_another_system() throws IOException {
        for (String text : new String[] {"a,b\n1,\"2\"", "a,b\r\n1,\"2\"\r\n", "a,b\n1,2", "a,b\n1,\"2\"\n"}) {
            Path file = Files.writeString(folder.resolve("ends.csv"), text);
            assertThat(Tables.readCsv(file).intColumn("b").asList()).as(text).containsExactly(2);
        }
    }

    @Test
    void gzip_is_found_by_content_and_all_members_are_read() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (String part : new String[] {"a,b\n1,2\n", "3,4\n"}) {
            try (GZIPOutputStream out = new GZIPOutputStream(members)) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path misnamed = Files.write(folder.resolve("data.csv"), members.toByteArray());
        assertThat(Tables.readCsv(misnamed).rowCount()).isEqualTo(2);
        assertThat(Tables.readCsv(misnamed.toUri()).rowCount()).isEqualTo(2);
        assertThat(Tables.readCsv(misnamed.toString()).name()).isEqualTo("data");
    }

    @Test
    void a_schema_decides_and_others_can_be_left_to_reading() throws IOException {
        Path file = CsvFiles.plain(folder, "zip,n,t", "501,1,00:00:59.999");
        Table table = Tables.readCsv(file, Tables.schema().text("ZIP").time("t").andOthers());
        assertThat(Schema.of(table).toString()).isEqualTo("zip string, n integer, t local_time");
        assertThat(table.stringColumn("zip").get(0)).isEqualTo("501");
        assertThat(table.timeColumn("t").get(0)).hasToString("00:00:59.999");
        Table decimals = Tables.readCsv(
                file, Tables.schema().text("zip").decimal("n").text("t").build());
        assertThat(decimals.doubleColumn("n").get(0)).isEqualTo(1.0);
    }

    @Test
    void other_separators_charsets_and_words_for_missing_can_be_said() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "stadt;n\nKöln;NA\nUlm;4\n".getBytes(StandardCharsets.ISO_8859_1));
        Table table = Tables.readCsv(
                file,
                CsvOptions.defaults()
                        .withSeparator(';')
                        .withMissing("NA", "NULL")
                        .withCharset(StandardCharsets.ISO_8859_1));
        assertThat(table.stringColumn("stadt").get(0)).isEqualTo("Köln");
        assertThat(table.intColumn("n").isMissing(0)).isTrue();
    }

    @Test
    void many_different_texts_are_kept() throws IOException {
        String[] lines = new String[70_001];
        lines[0] = "id,n";
        for (int i = 1; i <= 70_000; i++) {
            lines[i] = i % 1000 == 0 ? "," + i : "trip-" + i + "," + i;
        }
        Table table = read(lines);
        assertThat(table.stringColumn("id").get(69_998)).isEqualTo("trip-69999");
        assertThat(table.stringColumn("id").countMissing()).isEqualTo(70);
        assertThat(table.stringColumn("id").countUnique()).isEqualTo(69_931);
        table.stringColumn("id").append("one more");
        assertThat(table.stringColumn("id").get(70_000)).isEqualTo("one more");
    }

    @Test
    void a_table_can_be_described() throws IOException {
        assertThat(Tables.describe(read("a,b", "1,2"))).isEqualTo("1 row × 2 columns");
    }
}
