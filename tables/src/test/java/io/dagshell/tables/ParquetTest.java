package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.value.Digest;
import io.dagshell.tables.stored.TableDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ParquetTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ParquetCompression.class)
    void a_table_of_every_type_comes_back_as_it_was(ParquetCompression compression) throws IOException {
        Table table = whole(SampleTables.random(7, 5_000, 900));

        Path file = Tables.writeParquet(table, folder.resolve("all.parquet"), compression);

        same(Tables.readParquet(file), table);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101})
    void any_number_of_rows_comes_back(int rows) throws IOException {
        Table table = whole(SampleTables.random(3, rows, 5));

        Path file = Tables.writeParquet(table, folder.resolve("few.parquet"));

        same(Tables.readParquet(file), table);
        assertThat(chunks(Tables.streamParquet(file, 100))).hasSize(Math.max(1, (rows + 99) / 100));
    }

    @Test
    void chunks_cross_row_groups_and_lose_nothing() throws IOException {
        Table table = whole(SampleTables.random(11, 1_000_000 / 50, 40));
        Table all = table.emptyCopy();
        for (int i = 0; i < 51; i++) {
            all.append(table);
        }
        Path file = Tables.writeParquet(all, folder.resolve("groups.parquet"), ParquetCompression.ZSTD);

        Table again = Tables.streamParquet(file, 300_000).toTable();

        same(again, all);
        same(Tables.readParquet(file), all);
    }

    @Test
    void a_stream_is_written_without_being_held() throws IOException {
        Table table = whole(SampleTables.random(5, 1_000, 40));
        Path file = Tables.writeParquet(table, folder.resolve("in.parquet"));

        Path copy = Tables.writeParquet(Tables.streamParquet(file, 64), folder.resolve("deep/er/copy.parquet"));

        same(Tables.readParquet(copy), table);
    }

    @Test
    void times_long_ago_and_hidden_texts_stay() throws IOException {
        Table table = Table.create(
                "edges",
                DateColumn.create("d", LocalDate.of(1, 1, 1), LocalDate.of(1969, 12, 31), LocalDate.of(9999, 12, 31)),
                DateTimeColumn.create(
                        "t",
                        LocalDateTime.of(1582, 10, 15, 0, 0, 0, 1_000_000),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                        LocalDateTime.of(2021, 3, 28, 2, 30)),
                DoubleColumn.create("select", Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE),
                LongColumn.create("a \"b\" $", Long.MAX_VALUE, -Long.MAX_VALUE, 3_000_000_000L),
                StringColumn.create("\ud83d\ude95", "a\0b", "\ud83d\ude95", "  "));

        same(Tables.readParquet(Tables.writeParquet(table, folder.resolve("edges.parquet"))), table);
    }

    @Test
    void only_the_columns_asked_for_are_read_in_that_order() throws IOException {
        Path file = Tables.writeParquet(SampleTables.random(1, 10, 3), folder.resolve("some.parquet"));

        Table table = Tables.readParquet(file, ParquetOptions.defaults().withColumns("String", "int"));

        assertThat(table.columnNames()).containsExactly("string", "int");
    }

    @Test
    void numbers_of_another_type_are_taken_as_the_schema_wants_them_if_each_fits() throws IOException {
        Table table =
                Table.create("months", DoubleColumn.create("passengers", 1.0, 2.0), LongColumn.create("id", 5L, 6L));
        Path file = Tables.writeParquet(table, folder.resolve("months.parquet"));

        Table read = Tables.readParquet(
                file, Tables.schema().integer("id", "passengers").build());

        assertThat(read.intColumn("passengers").asList()).containsExactly(1, 2);
        assertThat(read.columnNames()).containsExactly("id", "passengers");
    }

    @Test
    void a_number_that_does_not_fit_the_schema_names_file_column_and_row() throws IOException {
        Path file = Tables.writeParquet(
                Table.create("half", DoubleColumn.create("n", 1.0, 2.5)), folder.resolve("half.parquet"));

        assertThatThrownBy(() ->
                        Tables.readParquet(file, Tables.schema().integer("n").build()))
                .hasMessage(file + ", column n, row 2: 2.5 is no integer");
        assertThatThrownBy(() -> Tables.streamParquet(
                                file,
                                1,
                                ParquetOptions.defaults()
                                        .withSchema(
                                                Tables.schema().longInteger("n").build()))
                        .toTable())
                .hasMessage(file + ", column n, row 2: 2.5 is no long");
    }

    @Test
    void a_file_of_another_schema_is_told_by_column() throws IOException {
        Path file = Tables.writeParquet(
                Table.create("t", IntColumn.create("a", 1), StringColumn.create("b", "x")),
                folder.resolve("other.parquet"));

        assertThatThrownBy(() -> Tables.readParquet(
                        file, Tables.schema().integer("a", "c").text("b").build()))
                .hasMessage(file + ", column c: is not in the file, which has a, b");
        assertThatThrownBy(() ->
                        Tables.readParquet(file, Tables.schema().integer("a").build()))
                .hasMessage(file + ", column b: is not in the schema, which has a integer");
        assertThatThrownBy(() -> Tables.readParquet(
                        file, Tables.schema().integer("a", "b").build()))
                .hasMessage(file + ", column b: is string in the file, not integer");
    }

    @Test
    void a_file_that_is_no_parquet_or_cut_off_or_damaged_is_refused_in_words() throws IOException {
        Path text = Files.writeString(folder.resolve("text.parquet"), "a,b\n1,2\n");
        Path whole = Tables.writeParquet(whole(SampleTables.random(1, 1_000, 50)), folder.resolve("whole.parquet"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        bytes[2_000] ^= 0x55;
        Path damaged = Files.write(folder.resolve("damaged.parquet"), bytes);

        for (Path file : List.of(text, cut, damaged)) {
            ParquetException told = catchThrowableOfType(ParquetException.class, () -> Tables.readParquet(file));
            assertThat(told).hasMessageStartingWith(file.toString());
            assertThat(told.failureKind()).isEqualTo(FailureKind.USER);
        }
    }

    @Test
    void a_file_that_is_not_there_may_come() {
        Path gone = folder.resolve("gone.parquet");

        ParquetException told = catchThrowableOfType(ParquetException.class, () -> Tables.readParquet(gone));

        assertThat(told).hasMessage(gone + ": no such file (looked in " + folder + ")");
        assertThat(told.failureKind()).isEqualTo(FailureKind.RESOURCE);
    }

    @Test
    void a_writer_that_fails_leaves_the_file_that_was_there_and_nothing_else() throws IOException {
        Path file = Tables.writeParquet(Table.create("t", IntColumn.create("a", 1)), folder.resolve("kept.parquet"));
        TableStream broken = Tables.streamParquet(file, 1).map(chunk -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> Tables.writeParquet(broken, file)).hasMessage("no");

        assertThat(Tables.readParquet(file).rowCount()).isEqualTo(1);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void half_a_character_is_refused_with_its_column() {
        Table table = Table.create("t", StringColumn.create("s", "\ud83d"));

        assertThatThrownBy(() -> Tables.writeParquet(table, folder.resolve("half.parquet")))
                .hasMessageContaining("column s has a text with half a character");
    }

    /** Half a surrogate pair cannot be written; all else can. */
    private static Table whole(Table table) {
        StringColumn texts = table.stringColumn("string");
        for (int row = 0; row < texts.size(); row++) {
            if (texts.get(row).equals("\ud83d")) {
                texts.set(row, "half");
            }
        }
        return table;
    }

    private static void same(Table read, Table written) {
        assertThat(Schema.of(read)).isEqualTo(Schema.of(written));
        assertThat(digests(read)).isEqualTo(digests(written));
    }

    private static Map<String, Digest> digests(Table table) {
        return TableDigest.parts("t", table.columnArray());
    }

    private static List<Table> chunks(TableStream stream) throws IOException {
        List<Table> chunks = new ArrayList<>();
        stream.forEach(chunks::add);
        return chunks;
    }
}
