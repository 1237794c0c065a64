package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Work;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class BadRowsTest {
    private static final Schema TYPES =
            Tables.schema().integer("id").decimal("fare").text("note").build();
    private static final String[] LINES = {
        "id,fare,note",
        "1,2.5,fine",
        "2,abc,bad fare",
        "x,y,bad twice",
        "3,3.5",
        "4,,no fare",
        "5,1,two,many",
        "6,7,last"
    };

    @TempDir
    Path folder;

    private static CsvOptions options(BadRows treated) {
        return CsvOptions.defaults().withSchema(TYPES).withBadRows(treated);
    }

    @Test
    void bad_rows_fail_unless_something_else_is_said() throws IOException {
        Path file = CsvFiles.plain(folder, LINES);

        assertThatThrownBy(() -> Tables.readCsv(file, TYPES))
                .hasMessage(file + ", line 3, column fare: \"abc\" is not a number");
    }

    @Test
    void skipped_rows_leave_no_trace_whole_and_in_chunks() throws Exception {
        Path file = CsvFiles.plain(folder, LINES);

        Table whole = Tables.readCsv(file, options(BadRows.SKIP));
        Table streamed = Tables.stream(file, 1, options(BadRows.SKIP)).toTable();

        for (Table table : List.of(whole, streamed)) {
            assertThat(table.intColumn("id").asList()).containsExactly(1, 4, 6);
            assertThat(table.doubleColumn("fare").asList()).containsExactly(2.5, null, 7.0);
            assertThat(table.stringColumn("note").asList()).containsExactly("fine", "no fare", "last");
            assertThat(table.stringColumn("note").countUnique()).isEqualTo(3);
        }
    }

    @Test
    void nulls_stand_for_bad_values_and_for_those_a_short_row_lacks() throws IOException {
        Path file = CsvFiles.plain(
                folder,
                Arrays.stream(LINES).filter(line -> !line.contains("many")).toArray(String[]::new));

        Table table = Tables.readCsv(file, options(BadRows.NULL));

        assertThat(table.intColumn("id").asList()).containsExactly(1, 2, null, 3, 4, 6);
        assertThat(table.doubleColumn("fare").asList()).containsExactly(2.5, null, null, 3.5, null, 7.0);
        assertThat(table.stringColumn("note").asList())
                .containsExactly("fine", "bad fare", "bad twice", "", "no fare", "last");
    }

    @Test
    void values_too_many_are_an_error_that_nulls_cannot_mend() throws IOException {
        Path file = CsvFiles.plain(folder, LINES);

        assertThatThrownBy(() -> Tables.readCsv(file, options(BadRows.NULL)))
                .hasMessage(file + ", line 7: 4 fields where the header has 3");
    }

    @Test
    void how_many_and_the_first_are_told_below_a_cell() throws Exception {
        Path file = CsvFiles.plain(folder, LINES);
        Path shorter = CsvFiles.plain(folder, "id,fare,note", "1,2.5,fine", "2,abc,bad fare", "x,y,bad twice");

        assertThat(printed(() -> Tables.readCsv(file, options(BadRows.SKIP))))
                .isEqualTo("WARN 4 bad rows skipped; the first: " + file
                        + ", line 3, column fare: \"abc\" is not a number\n");
        assertThat(printed(() -> Tables.stream(file, 2, options(BadRows.SKIP)).toTable()))
                .isEqualTo("WARN 4 bad rows skipped; the first: " + file
                        + ", line 3, column fare: \"abc\" is not a number\n");
        assertThat(printed(() -> Tables.readCsv(shorter, options(BadRows.NULL))))
                .isEqualTo("WARN 2 bad rows with missing values in place of bad ones; the first: " + shorter
                        + ", line 3, column fare: \"abc\" is not a number\n");
        assertThat(printed(
                        () -> Tables.readCsv(CsvFiles.plain(folder, "id,fare,note", "1,2,x"), options(BadRows.SKIP))))
                .isEmpty();
    }

    @Test
    void a_skipped_row_has_no_say_in_the_types_that_are_found() throws IOException {
        Path file = CsvFiles.plain(folder, "a,b", "1,2", "x,y,z", "3,4.5");

        Table table = Tables.readCsv(file, CsvOptions.defaults().withBadRows(BadRows.SKIP));

        assertThat(Schema.of(table)).hasToString("a integer, b double");
        assertThat(table.intColumn("a").asList()).containsExactly(1, 3);
    }

    @Test
    void a_value_that_misses_the_type_of_a_streams_first_rows_is_passed_over_too() throws IOException {
        String[] lines = IntStream.rangeClosed(0, 100_003)
                .mapToObj(i -> i == 0 ? "n" : i == 100_002 ? "many" : "" + i)
                .toArray(String[]::new);
        Path file = CsvFiles.plain(folder, lines);

        Table skipped = Tables.stream(file, 50_000, CsvOptions.defaults().withBadRows(BadRows.SKIP))
                .toTable();
        Table nulls = Tables.stream(file, 50_000, CsvOptions.defaults().withBadRows(BadRows.NULL))
                .toTable();

        assertThat(skipped.rowCount()).isEqualTo(100_002);
        assertThat(nulls.intColumn("n").countMissing()).isEqualTo(1);
        assertThat(nulls.intColumn("n").get(100_002)).isEqualTo(100_003);
    }

    @Test
    void a_quote_that_is_never_closed_is_an_error_under_every_policy() throws IOException {
        Path file = CsvFiles.plain(folder, "a,b", "1,2", "3,\"x", "4,5");

        for (BadRows treated : BadRows.values()) {
            assertThatThrownBy(() -> Tables.readCsv(file, CsvOptions.defaults().withBadRows(treated)))
                    .hasMessage(file + ", line 3: bad quoting: the quote that opens here is never closed");
        }
    }

    @Test
    void long_rows_with_quotes_are_held_whole() throws IOException {
        String text = "a \"\"b\"\"\n".repeat(3_000);
        Path file = CsvFiles.plain(folder, "id,fare,note", "1,2,\"" + text + "\"", "2,3,short");

        Table table = Tables.readCsv(file, options(BadRows.SKIP));

        assertThat(table.stringColumn("note").asList()).containsExactly(text.replace("\"\"", "\""), "short");
    }

    private static String printed(Work<?> work) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (Engine engine = Engine.builder().definitions(new NoTasks()).build()) {
            engine.within(work);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static final class NoTasks implements Definitions {
        @Override
        public TaskDefinition at(Class<?> site, TaskName name) {
            throw new IllegalStateException("no task " + name);
        }

        @Override
        public Optional<TaskDefinition> named(TaskName name) {
            return Optional.empty();
        }

        @Override
        public Collection<TaskDefinition> all() {
            return List.of();
        }
    }
}
