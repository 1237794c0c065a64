package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.Table;

/** Times with a zone, in files of text. */
class MomentsTest {
    @TempDir
    Path folder;

    private List<Instant> read(String... lines) throws IOException {
        return Tables.readCsv(CsvFiles.plain(folder, lines)).instantColumn("at").asList();
    }

    @Test
    void moments_read_back_as_they_were_written_as_csv_and_as_json_lines() throws IOException {
        Table table = Table.create(
                "moments",
                InstantColumn.create(
                        "at",
                        Instant.parse("2021-01-31T23:59:59.5Z"),
                        null,
                        Instant.parse("1969-12-31T23:59:59.999Z"),
                        Instant.parse("0001-01-01T00:00:00Z")));

        Table csv = Tables.readCsv(Tables.writeCsv(table, folder.resolve("moments.csv")));
        Table json = Tables.readJsonLines(Tables.writeJsonLines(table, folder.resolve("moments.jsonl")));
        Table streamed = Tables.stream(folder.resolve("moments.csv"), 2).toTable();

        for (Table back : List.of(csv, json, streamed)) {
            assertThat(Schema.of(back)).hasToString("at instant");
            assertThat(back.instantColumn("at").asList())
                    .isEqualTo(table.instantColumn("at").asList());
        }
    }

    @Test
    void offsets_are_taken_into_account_whatever_the_zone_of_the_machine() throws IOException {
        assertThat(read("at", "2021-03-28T02:30:00+02:00", "2021-03-28 02:30:00-05:30", "2021-01-01T00:00:00+00:00"))
                .containsExactly(
                        Instant.parse("2021-03-28T00:30:00Z"),
                        Instant.parse("2021-03-28T08:00:00Z"),
                        Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(read("at", "2021-01-01T00:00:00.25+01:00", "1970-01-01T00:00:00+18:00"))
                .containsExactly(Instant.parse("2020-12-31T23:00:00.250Z"), Instant.parse("1969-12-31T06:00:00Z"));
    }

    @Test
    void a_column_with_and_without_zones_or_with_none_that_is_known_is_text() throws IOException {
        for (String odd : new String[] {
            "2021-01-01T00:00:00",
            "2021-01-01Z",
            "2021-01-01T00:00:00+1:00",
            "2021-01-01T00:00:00+19:00",
            "2021-01-01T00:00:00+01:60",
            "2021-02-30T00:00:00Z",
            "2021-01-01T00:00:00 UTC"
        }) {
            Table table = Tables.readCsv(CsvFiles.plain(folder, "at", "2021-01-01T00:00:00Z", odd));

            assertThat(Schema.of(table)).as(odd).hasToString("at string");
            assertThat(table.stringColumn("at").asList()).containsExactly("2021-01-01T00:00:00Z", odd);
        }
    }

    @Test
    void a_schema_of_moments_refuses_a_time_without_a_zone() throws IOException {
        Path file = CsvFiles.plain(folder, "at", "2021-01-01T00:00:00Z", "2021-01-01T00:00:00");
        Schema types = Tables.schema().instant("at").build();

        assertThatThrownBy(() -> Tables.readCsv(file, types))
                .hasMessage(file + ", line 3, column at: \"2021-01-01T00:00:00\" is not a moment"
                        + " (2021-01-31T23:59:59Z or +01:00 at its end, down to milliseconds)");
    }
}
