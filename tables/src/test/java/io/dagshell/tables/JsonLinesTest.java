package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class JsonLinesTest {
    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "trips", ".jsonl"), String.join("\n", lines) + "\n");
    }

    /** Read whole and as a stream, with the same outcome. */
    private Table both(String... lines) throws IOException {
        Path file = file(lines);
        Table whole = Tables.readJsonLines(file);
        Table streamed =
                Tables.streamJsonLines(file, 2, JsonLinesOptions.defaults()).toTable();
        assertThat(Schema.of(streamed)).isEqualTo(Schema.of(whole));
        assertThat(streamed.print()).isEqualTo(whole.print());
        return whole;
    }

    private static String types(Table table) {
        return Schema.of(table).toString();
    }

    @Test
    void keys_become_columns_in_the_order_they_come_and_what_is_not_there_is_missing() throws IOException {
        Table table = both("{\"Id\": 1, \"name\": \"a\"}", "", "{\"late\": 2.5, \"id\": 2}", "{\"name\": null}", "{}");

        assertThat(types(table)).isEqualTo("id integer, name string, late double");
        assertThat(table.intColumn("id").asList()).containsExactly(1, 2, null, null);
        assertThat(table.stringColumn("name").asList()).containsExactly("a", "", "", "");
        assertThat(table.doubleColumn("late").asList()).containsExactly(null, 2.5, null, null);
    }

    @Test
    void strings_of_digits_stay_text_and_a_column_of_both_is_text() throws IOException {
        Table table = both(
                "{\"zip\": \"90210\", \"mixed\": 1, \"flag\": true, \"other\": \"7\"}",
                "{\"zip\": \"00501\", \"mixed\": \"2\", \"flag\": \"true\", \"other\": 7}");

        assertThat(types(table)).isEqualTo("zip string, mixed string, flag string, other string");
        assertThat(table.stringColumn("zip").asList()).containsExactly("90210", "00501");
        assertThat(table.stringColumn("mixed").asList()).containsExactly("1", "2");
        assertThat(table.stringColumn("flag").asList()).containsExactly("true", "true");
    }

    @Test
    void numbers_widen_without_loss_to_the_last_line() throws IOException {
        Table table = both(
                "{\"i\": 1, \"l\": 1, \"d\": 1, \"big\": 1, \"half\": 1.50, \"e\": 1e3}",
                "{\"i\": 2147483647, \"l\": 2147483648, \"d\": 0.5, \"big\": 9223372036854775808, \"half\": \"x\", \"e\": -0}");

        assertThat(types(table)).isEqualTo("i integer, l long, d double, big string, half string, e double");
        assertThat(table.longColumn("l").asList()).containsExactly(1L, 2147483648L);
        assertThat(table.stringColumn("big").get(1)).isEqualTo("9223372036854775808");
        assertThat(table.stringColumn("half").get(0)).isEqualTo("1.50");
        assertThat(table.doubleColumn("e").get(0)).isEqualTo(1000);
    }

    @Test
    void strings_are_dates_if_all_are_and_text_if_one_is_not() throws IOException {
        Table table = both(
                "{\"day\": \"2021-01-31\", \"at\": \"2021-01-31T23:59:59.5\", \"odd\": \"2021-01-31\"}",
                "{\"day\": \"2020-02-29\", \"at\": \"1969-12-31 00:00:00\", \"odd\": \"2021-02-30\"}");

        assertThat(types(table)).isEqualTo("day local_date, at local_date_time, odd string");
        assertThat(table.dateColumn("day").get(1)).isEqualTo(LocalDate.of(2020, 2, 29));
    }

    @Test
    void objects_and_arrays_within_are_kept_as_their_json() throws IOException {
        Table table = both("{\"o\": {\"a\": [1, 2.50, null]}, \"l\": [\"é\", {}]}");

        assertThat(table.stringColumn("o").get(0)).isEqualTo("{\"a\":[1,2.50,null]}");
        assertThat(table.stringColumn("l").get(0)).isEqualTo("[\"é\",{}]");
    }

    @Test
    void escapes_marks_line_ends_and_gzip_change_nothing() throws IOException {
        String text = "\uFEFF{\"s\": \"a\\n\\\"b\\\" \\ud83d\\ude95\"}\r\n{\"s\": \"🚕\"}";
        Path plain = Files.writeString(folder.resolve("a.ndjson"), text);
        Path packed = folder.resolve("b.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        for (Path file : List.of(plain, packed)) {
            Table table = Tables.readJsonLines(file.toString());
            assertThat(table.stringColumn("s").asList()).containsExactly("a\n\"b\" 🚕", "🚕");
        }
        assertThat(Tables.readJsonLines(packed.toUri()).name()).isEqualTo("b");
    }

    @Test
    void a_schema_decides_and_a_key_it_lacks_is_an_error_with_its_line() throws IOException {
        Path file = file("{\"id\": \"7\"}", "{\"id\": 8, \"more\": 1}");
        Schema closed = Tables.schema().longInteger("id").text("note").build();

        assertThatThrownBy(() ->
                        Tables.readJsonLines(file, JsonLinesOptions.defaults().withSchema(closed)))
                .isInstanceOf(TableFileException.class)
                .hasMessage(file + ", line 2: key more is not in the schema");
        Table open = Tables.readJsonLines(
                file,
                JsonLinesOptions.defaults()
                        .withSchema(
                                Tables.schema().longInteger("id").text("note").andOthers()));
        assertThat(types(open)).isEqualTo("id long, note string, more integer");
        assertThat(open.longColumn("id").asList()).containsExactly(7L, 8L);
    }

    @Test
    void what_is_no_json_object_is_an_error_with_its_line() throws IOException {
        assertRefused(
                file("{\"a\": 1}", "{\"a\": 1"),
                ", line 2: no JSON object on a line of its own: Unexpected end-of-input: expected close marker for Object"
                        + " (character 8)");
        assertRefused(file("{\"a\": NaN}"), ", line 1: no JSON object on a line of its own: Non-standard token 'NaN'");
        assertRefused(file("{\"a\": 1} {\"a\": 2}"), ", line 1: more after the object");
        assertRefused(file("[{\"a\": 1}]"), ", line 1: an array where JSON lines have an object");
        assertRefused(
                file("{\"a\": 1, \"A\": 2}"), ", line 1: key a is there twice (upper and lower case are the same)");
        assertRefused(file(""), ": no line says what the columns are; give them with JsonLinesOptions.withSchema(..)");
        assertRefused(folder, ": is a folder, not a file");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Tables.readJsonLines(file))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(file + message);
    }

    @Test
    void bad_lines_are_skipped_without_a_trace_or_their_values_null() throws IOException {
        Path file = file("{\"id\": 1}", "{\"id\": \"x\", \"note\": \"bad\"}", "{\"id\": 3, \"note\": \"fine\"}");
        Schema types = Tables.schema().integer("id").andOthers();
        JsonLinesOptions options = JsonLinesOptions.defaults().withSchema(types);

        assertThatThrownBy(() -> Tables.readJsonLines(file, options))
                .hasMessage(file + ", line 2, column id: \"x\" is not a whole number of 32 bits");
        Table skipped = Tables.readJsonLines(file, options.withBadRows(BadRows.SKIP));
        Table nulls = Tables.readJsonLines(file, options.withBadRows(BadRows.NULL));

        assertThat(skipped.intColumn("id").asList()).containsExactly(1, 3);
        assertThat(skipped.stringColumn("note").countUnique()).isEqualTo(2);
        assertThat(nulls.intColumn("id").asList()).containsExactly(1, null, 3);
        Table broken = Tables.readJsonLines(
                file("{\"a\": 1}", "{\"b\": 2, \"a\": }", "{\"b\": 2, \"B\": 3}"),
                JsonLinesOptions.defaults().withBadRows(BadRows.SKIP));
        assertThat(types(broken)).isEqualTo("a integer");
    }

    @Test
    void a_stream_keeps_the_columns_and_types_of_its_first_rows() throws IOException {
        IntFunction<String> number = i -> "{\"n\": " + i + "}";
        String first = IntStream.range(0, 100_000).mapToObj(number).collect(Collectors.joining("\n"));

        Path key = file(first, "{\"n\": 1, \"new\": 2}");
        assertThatThrownBy(() -> Tables.streamJsonLines(key, 50_000, JsonLinesOptions.defaults())
                        .toTable())
                .hasMessageStartingWith(key + ", line 100001: key new is not in the first rows");
        Path readAgain = file("{\"n\": \"x\"}", first, "{\"n\": 1, \"new\": 2}");
        assertThatThrownBy(() -> Tables.streamJsonLines(readAgain, 50_000, JsonLinesOptions.defaults())
                        .toTable())
                .hasMessageStartingWith(readAgain + ", line 100002: key new is not in the first rows");
        Path quoted = file(first, "{\"n\": \"1\"}");
        assertThatThrownBy(() -> Tables.streamJsonLines(quoted, 50_000, JsonLinesOptions.defaults())
                        .toTable())
                .hasMessageStartingWith(
                        quoted + ", line 100001, column n: \"1\" is not a whole number of 32 bits, the type found in");
        assertThat(types(Tables.readJsonLines(quoted))).isEqualTo("n string");
    }

    @Test
    void a_table_read_back_equals_the_one_written() throws IOException {
        Tables.prepare();
        Table table = Table.create(
                "trips",
                IntColumn.create("i", new Integer[] {7, null}),
                LongColumn.create("l", Long.MAX_VALUE, -5),
                DoubleColumn.create("d", new Double[] {1e300, null}),
                StringColumn.create("s", "00501", "two\nlines \"🚕\" \u0001"),
                BooleanColumn.create("b", new Boolean[] {true, null}),
                DateColumn.create("day", LocalDate.of(2020, 2, 29), null),
                DateTimeColumn.create("at", LocalDateTime.of(1969, 12, 31, 0, 0), null));

        Path plain = Tables.writeJsonLines(table, folder.resolve("trips.jsonl"));
        Path packed = Tables.writeJsonLines(
                Tables.streamJsonLines(plain, 1, JsonLinesOptions.defaults()), folder.resolve("trips.jsonl.gz"));

        for (Path file : List.of(plain, packed)) {
            Table back = Tables.readJsonLines(file);
            assertThat(types(back)).isEqualTo(types(table));
            for (int i = 0; i < back.columnCount(); i++) {
                assertThat(back.column(i).asList()).isEqualTo(table.column(i).asList());
            }
        }
        List<String> lines = Files.readAllLines(plain);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("{\"i\":7,\"l\":9223372036854775807,\"d\":1.0E300,\"s\":\"00501\",\"b\":true,"
                        + "\"day\":\"2020-02-29\",\"at\":\"1969-12-31T00:00:00\"}");
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("d").isNull()).isTrue();
    }

    @Test
    void what_json_cannot_hold_is_named_and_no_file_appears() {
        Path file = folder.resolve("a.jsonl");

        assertThatThrownBy(() -> Tables.writeJsonLines(
                        Table.create(DoubleColumn.create("d", 1, Double.NEGATIVE_INFINITY)), file))
                .hasMessage(file + ", column d: row 2 is infinite, which JSON has no number for");
        assertThat(folder).isEmptyDirectory();
    }
}
