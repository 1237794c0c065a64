package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class TableStreamTest {
    @TempDir
    Path folder;

    private Path numbers(int rows) throws IOException {
        String[] lines = new String[rows + 1];
        Arrays.setAll(lines, i -> i == 0 ? "n,name" : i + ",name " + i % 3);
        return CsvFiles.gzip(folder, lines);
    }

    @Test
    void chunks_have_the_size_asked_for_and_every_row_comes_once() throws IOException {
        TableStream stream = Tables.stream(numbers(250), 100);
        List<Integer> sizes = new ArrayList<>();
        stream.forEach(chunk -> sizes.add(chunk.rowCount()));
        assertThat(sizes).containsExactly(100, 100, 50);
        assertThat(stream.toTable().intColumn("n").asList())
                .containsExactlyElementsOf(
                        Tables.readCsv(numbers(250)).intColumn("n").asList());
    }

    @Test
    void a_stream_longer_than_its_sample_goes_on() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        Tables.stream(numbers(130_000), 60_000).forEach(chunk -> sizes.add(chunk.rowCount()));
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(130_000);
        Table all = Tables.stream(numbers(130_000), 60_000).toTable();
        assertThat(all.intColumn("n").get(129_999)).isEqualTo(130_000);
    }

    @Test
    void operations_work_per_chunk_and_the_schema_follows() throws IOException {
        List<Integer> seen = new ArrayList<>();
        TableStream even = Tables.stream(numbers(10), 4)
                .peek(chunk -> seen.add(chunk.rowCount()))
                .filter(chunk -> chunk.intColumn("n").remainder(2).isEqualTo(0))
                .map(chunk -> chunk.selectColumns("n"));
        assertThat(even.toTable().intColumn("n").asList()).containsExactly(2, 4, 6, 8, 10);
        assertThat(seen).containsExactly(4, 4, 2);
        assertThat(even.schema().toString()).isEqualTo("n integer");
    }

    @Test
    void nothing_left_is_still_one_chunk_with_columns() throws IOException {
        List<Table> chunks = new ArrayList<>();
        Tables.stream(numbers(10), 4)
                .filter(chunk -> chunk.intColumn("n").isGreaterThan(100))
                .forEach(chunks::add);
        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).columnNames()).containsExactly("n", "name");
        assertThat(chunks.get(0).rowCount()).isZero();
    }

    @Test
    void a_value_that_does_not_fit_later_is_an_error_and_never_a_cast() throws IOException {
        String[] lines = new String[100_004];
        Arrays.setAll(lines, i -> i == 0 ? "fare" : i == 100_003 ? "3.5" : "3");
        Path file = CsvFiles.plain(folder, lines);
        assertThatThrownBy(() -> Tables.stream(file, 100).toTable())
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(file + ", line 100004, column fare: \"3.5\" is not a whole number of 32 bits")
                .hasMessageContaining("first 100,000 rows")
                .hasMessageContaining("Tables.schema()");
        Table read = Tables.stream(
                        file,
                        100,
                        CsvOptions.defaults()
                                .withSchema(Tables.schema().decimal("fare").build()))
                .toTable();
        assertThat(read.doubleColumn("fare").get(100_002)).isEqualTo(3.5);
    }

    @Test
    void text_found_late_within_the_sample_is_text_from_the_start() throws IOException {
        Path file = CsvFiles.plain(folder, "a", "1.50", "x", "2");
        assertThat(Tables.stream(file, 1).toTable().stringColumn("a").asList()).containsExactly("1.50", "x", "2");
    }

    @Test
    void an_early_end_stops_the_reading_threads() throws Exception {
        Path file = numbers(200_000);
        try (TableStream.Chunks chunks = Tables.stream(file, 10).open()) {
            assertThat(chunks.next()).isNotNull();
            assertThat(alive(file)).hasSize(2);
        }
        for (Thread worker : alive(file)) {
            worker.join(5_000);
        }
        assertThat(alive(file)).isEmpty();
    }

    @Test
    void the_next_chunk_is_read_while_one_is_worked_on_and_never_more_than_one() throws Exception {
        Path file = numbers(5);
        String reader = "dagshell-csv chunks of " + file;
        try (TableStream.Chunks chunks = Tables.stream(file, 1).open()) {
            Table first = Objects.requireNonNull(chunks.next());
            Thread thread = alive(file).stream()
                    .filter(each -> each.getName().equals(reader))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < 500 && thread.getState() != Thread.State.WAITING; i++) {
                Thread.sleep(10);
            }
            assertThat(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("put"));
            assertThat(first.intColumn("n").asList()).containsExactly(1);
            Table second = Objects.requireNonNull(chunks.next());
            assertThat(second.intColumn("n").asList()).containsExactly(2);
        }
    }

    @Test
    void a_thread_interrupted_while_it_waits_for_rows_says_so_and_stays_interrupted() throws Exception {
        try (TableStream.Chunks chunks =
                Tables.stream(numbers(200_000), 100_000).open()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(chunks::next).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void chunks_that_differ_in_columns_are_refused() throws IOException {
        TableStream odd = Tables.stream(numbers(10), 4)
                .map(chunk -> chunk.intColumn("n").get(0) > 4 ? chunk.selectColumns("n") : chunk);
        assertThatThrownBy(odd::toTable)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[n integer]");
    }

    private static List<Thread> alive(Path file) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dagshell-csv")
                        && thread.getName().endsWith(file.toString())
                        && thread.isAlive())
                .toList();
    }
}
