package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Whole numbers that no number of a table holds, and decimals that a double does not hold exactly. */
class LargeNumbersTest {
    private static final String UNSIGNED = "18446744073709551615";
    private static final String HUGE = "-170141183460469231731687303715884105728";

    @TempDir
    Path folder;

    @Test
    void beyond_64_bits_a_column_is_text_with_every_digit_of_every_row() throws IOException {
        Path csv = CsvFiles.plain(folder, "n", "1", "-9223372036854775807", UNSIGNED, HUGE, "9007199254740993");
        Path json = Files.writeString(
                folder.resolve("n.jsonl"),
                "{\"n\": 1}\n{\"n\": -9223372036854775807}\n{\"n\": " + UNSIGNED + "}\n{\"n\": " + HUGE
                        + "}\n{\"n\": 9007199254740993}\n");

        for (Table table : List.of(Tables.readCsv(csv), Tables.readJsonLines(json))) {
            assertThat(table.stringColumn("n").asList())
                    .containsExactly("1", "-9223372036854775807", UNSIGNED, HUGE, "9007199254740993");
        }
    }

    @Test
    void the_least_of_64_bits_stands_for_a_missing_value_and_is_text_too() throws IOException {
        Table table = Tables.readCsv(CsvFiles.plain(folder, "n", "1", "-9223372036854775808"));

        assertThat(table.stringColumn("n").asList()).containsExactly("1", "-9223372036854775808");
    }

    @Test
    void a_schema_makes_them_the_nearest_doubles_and_no_long() throws IOException {
        Path file = CsvFiles.plain(folder, "n", UNSIGNED, HUGE);

        Table table = Tables.readCsv(file, Tables.schema().decimal("n").build());

        assertThat(table.doubleColumn("n").asList()).containsExactly(0x1p64, -0x1p127);
        assertThatThrownBy(() ->
                        Tables.readCsv(file, Tables.schema().longInteger("n").build()))
                .hasMessage(file + ", line 2, column n: \"" + UNSIGNED + "\" is not a whole number of 64 bits");
    }

    @Test
    void decimals_are_the_nearest_doubles_unless_a_schema_says_text() throws IOException {
        Path file = CsvFiles.plain(folder, "d", "0.1", "1234567890.12345678901");

        assertThat(Tables.readCsv(file).doubleColumn("d").asList()).containsExactly(0.1, 1234567890.1234567);
        assertThat(Tables.readCsv(file, Tables.schema().text("d").build())
                        .stringColumn("d")
                        .asList())
                .containsExactly("0.1", "1234567890.12345678901");
    }
}
