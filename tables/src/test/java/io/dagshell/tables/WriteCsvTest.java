package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;

class WriteCsvTest {
    @TempDir
    Path folder;

    private static Table trips() {
        Tables.prepare();
        return Table.create(
                "trips",
                IntColumn.create("i", new Integer[] {7, null, -1}),
                LongColumn.create("l", Long.MAX_VALUE, 0, -5),
                DoubleColumn.create("d", new Double[] {0.1, null, 1e300}),
                StringColumn.create("s", "a, \"b\"", "two\nlines\tand a tab", ""),
                BooleanColumn.create("b", new Boolean[] {true, null, false}),
                DateColumn.create("day", LocalDate.of(2020, 2, 29), null, LocalDate.of(1, 1, 1)),
                TimeColumn.create("t", LocalTime.of(9, 5), null, LocalTime.of(23, 59, 59, 7_000_000)),
                DateTimeColumn.create(
                        "at",
                        LocalDateTime.of(1969, 12, 31, 0, 0),
                        null,
                        LocalDateTime.of(2021, 1, 31, 23, 59, 59, 120_000_000)));
    }

    private static final Schema TYPES = Tables.schema()
            .integer("i")
            .longInteger("l")
            .decimal("d")
            .text("s")
            .bool("b")
            .date("day")
            .time("t")
            .timestamp("at")
            .build();

    @Test
    void a_table_read_back_equals_the_one_written_as_csv_and_tsv_plain_and_packed() throws IOException {
        for (String name : List.of("trips.csv", "trips.csv.gz", "trips.tsv", "trips.TSV.gz")) {
            Path file = Tables.writeCsv(trips(), folder.resolve("new/" + name));

            Table back = Tables.readCsv(file, TYPES);

            assertThat(back.name()).isEqualTo("trips");
            assertThat(Schema.of(back)).isEqualTo(Schema.of(trips()));
            for (int i = 0; i < back.columnCount(); i++) {
                assertThat(back.column(i).asList())
                        .as(name)
                        .isEqualTo(trips().column(i).asList());
            }
        }
        assertThat(names(folder.resolve("new"))).hasSize(4);
    }

    @Test
    void the_file_is_one_that_every_reader_knows() throws IOException {
        Path file = Tables.writeCsv(trips(), folder.resolve("trips.csv"));

        assertThat(Files.readString(file))
                .isEqualTo("i,l,d,s,b,day,t,at\n"
                        + "7,9223372036854775807,0.1,\"a, \"\"b\"\"\",true,2020-02-29,09:05:00,1969-12-31T00:00:00\n"
                        + ",0,,\"two\nlines\tand a tab\",,,,\n"
                        + "-1,-5,1.0E300,,false,0001-01-01,23:59:59.007,2021-01-31T23:59:59.120\n");
    }

    @Test
    void a_file_named_tsv_has_tabs_and_a_separator_that_is_said_goes_before_the_name() throws IOException {
        Table table = Table.create(IntColumn.create("a", new int[] {1}), StringColumn.create("b", "x,y"));

        Path tabs = Tables.writeCsv(table, folder.resolve("a.tsv"));
        Path semicolons = Tables.writeCsv(
                table, folder.resolve("b.tsv"), CsvOptions.defaults().withSeparator(';'));

        assertThat(Files.readString(tabs)).isEqualTo("a\tb\n1\tx,y\n");
        assertThat(Files.readString(semicolons)).isEqualTo("a;b\n1;x,y\n");
        assertThat(Tables.readCsv(tabs).columnNames()).containsExactly("a", "b");
        assertThat(Tables.stream(tabs.toUri(), 10).toTable().columnNames()).containsExactly("a", "b");
    }

    @Test
    void missing_values_of_a_single_column_are_still_rows() throws IOException {
        Path file = Tables.writeCsv(
                Table.create(IntColumn.create("a", new Integer[] {1, null, 3})), folder.resolve("one.csv"));

        assertThat(Tables.readCsv(file).intColumn("a").asList()).containsExactly(1, null, 3);
    }

    @Test
    void instants_are_written_in_utc() throws IOException {
        Table table = Table.create(InstantColumn.create("at", Instant.parse("2021-01-31T23:59:59.5Z")));

        assertThat(Files.readString(Tables.writeCsv(table, folder.resolve("at.csv"))))
                .isEqualTo("at\n2021-01-31T23:59:59.500Z\n");
    }

    @Test
    void a_stream_is_written_chunk_by_chunk_under_one_header() throws IOException {
        Table table =
                Table.create(IntColumn.create("n", IntStream.range(0, 1_000).toArray()));
        Path from = Tables.writeCsv(table, folder.resolve("from.csv"));

        Path to = Tables.writeCsv(
                Tables.stream(from, 7).filter(chunk -> chunk.intColumn("n").isGreaterThan(499)),
                folder.resolve("to.csv.gz"));

        try (InputStream in = new GZIPInputStream(Files.newInputStream(to))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("n\n500\n501\n");
        }
        assertThat(Tables.readCsv(to).intColumn("n").asList())
                .isEqualTo(IntStream.range(500, 1_000).boxed().toList());
    }

    @Test
    void a_stream_that_fails_leaves_the_file_that_was_there() throws IOException {
        Path target = Files.writeString(folder.resolve("kept.csv"), "a\n1\n");
        Path from = CsvFiles.plain(folder, "n", "1", "2", "3");
        TableStream failing = Tables.stream(from, 1).peek(chunk -> {
            if (chunk.intColumn("n").get(0) == 3) {
                throw new IllegalStateException("no more");
            }
        });

        assertThatThrownBy(() -> Tables.writeCsv(failing, target)).hasMessage("no more");

        assertThat(target).hasContent("a\n1");
        assertThat(names(folder))
                .containsExactlyInAnyOrder("kept.csv", from.getFileName().toString());
    }

    @Test
    void what_the_charset_cannot_write_is_named_with_column_and_row() {
        Table lone = Table.create(StringColumn.create("s", "fine", "half \ud83d"));
        Table foreign = Table.create(StringColumn.create("s", "Köln", "東京"));
        Path file = folder.resolve("a.csv");

        assertThatThrownBy(() -> Tables.writeCsv(lone, file))
                .isInstanceOf(TableFileException.class)
                .hasMessage(file + ", column s: the text of row 2 has characters that UTF-8 cannot write");
        assertThatThrownBy(() ->
                        Tables.writeCsv(foreign, file, CsvOptions.defaults().withCharset(StandardCharsets.ISO_8859_1)))
                .hasMessage(file + ", column s: the text of row 2 has characters that ISO-8859-1 cannot write");
        assertThatThrownBy(() -> Tables.writeCsv(foreign, folder)).hasMessage(folder + ": is a folder, not a file");
        assertThat(file).doesNotExist();
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
