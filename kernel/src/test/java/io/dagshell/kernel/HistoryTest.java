package io.dagshell.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.protocol.Request.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HistoryTest {

    @TempDir
    Path folder;

    private History inMemory() {
        History history = new History(Optional.empty());
        history.add(1, "int a = 1;", Optional.empty());
        history.add(2, "a + 1", Optional.of("2"));
        history.add(3, "a + 1", Optional.of("2"));
        return history;
    }

    @Test
    void the_tail_is_the_last_cells_in_their_order() {
        assertThat(rows(inMemory(), new Access.Tail(2))).containsExactly("1/2 a + 1", "1/3 a + 1");
        assertThat(rows(inMemory(), new Access.Tail(99))).hasSize(3);
        assertThat(rows(inMemory(), new Access.Tail(-1))).isEmpty();
    }

    @Test
    void a_cell_does_not_wait_for_a_file_that_takes_long_to_read() throws Exception {
        Path pipe = folder.resolve("history.jsonl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        History history = new History(Optional.of(pipe));
        FutureTask<Boolean> cells = new FutureTask<>(() -> {
            history.add(1, "1 + 1", Optional.of("2"));
            history.add(2, "2 + 2", Optional.of("4"));
            return true;
        });
        new Thread(cells).start();

        assertThat(cells.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void all_cells_are_in_the_file_when_a_kernel_has_closed_its_history() throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (History history = new History(Optional.of(file))) {
            for (int cell = 1; cell <= 300; cell++) {
                history.add(cell, "cell " + cell, Optional.empty());
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(301).last().asString().contains("cell 300");
    }

    @Test
    void a_range_begins_at_its_start_and_ends_before_its_stop() {
        assertThat(rows(inMemory(), new Access.Range(0, 1, OptionalInt.of(3))))
                .containsExactly("1/1 int a = 1;", "1/2 a + 1");
        assertThat(rows(inMemory(), new Access.Range(1, 3, OptionalInt.empty())))
                .containsExactly("1/3 a + 1");
        assertThat(rows(inMemory(), new Access.Range(7, 0, OptionalInt.empty())))
                .isEmpty();
    }

    @Test
    void a_search_fits_whole_cells_and_shows_equal_ones_once_if_asked() {
        assertThat(rows(inMemory(), new Access.Search("a*", false, OptionalInt.empty())))
                .hasSize(2);
        assertThat(rows(inMemory(), new Access.Search("a ? 1", true, OptionalInt.empty())))
                .containsExactly("1/3 a + 1");
        assertThat(rows(inMemory(), new Access.Search("a", false, OptionalInt.empty())))
                .isEmpty();
        assertThat(rows(inMemory(), new Access.Search("*[*", false, OptionalInt.empty())))
                .isEmpty();
    }

    @Test
    void output_comes_beside_the_input_when_asked() {
        JsonNode row =
                inMemory().answer(new Request.History(true, new Access.Tail(3))).path("history");

        assertThat(row.get(0).get(2).get(1).isNull()).isTrue();
        assertThat(row.get(1).get(2).get(1).asText()).isEqualTo("2");
    }

    @Test
    void a_later_kernel_knows_the_cells_of_those_before() throws Exception {
        Path file = folder.resolve("new/history.jsonl");
        History first = new History(Optional.of(file));
        first.add(1, "line one\nline two \uD83D\uDE00", Optional.of("out"));
        awaitLines(file, 2);

        History second = new History(Optional.of(file));
        second.add(1, "later", Optional.empty());
        awaitLines(file, 4);

        assertThat(rows(second, new Access.Tail(5)))
                .containsExactly("1/1 line one\nline two \uD83D\uDE00", "2/1 later");
        assertThat(rows(second, new Access.Range(-1, 0, OptionalInt.empty()))).hasSize(1);
    }

    @Test
    void a_cut_line_and_bytes_that_are_no_text_are_skipped() throws Exception {
        Path file = folder.resolve("history.jsonl");
        History first = new History(Optional.of(file));
        first.add(1, "kept", Optional.empty());
        awaitLines(file, 2);
        Files.write(file, new byte[] {(byte) 0xff, '\n', '{', '"', '\n', '[', ']', '\n'}, StandardOpenOption.APPEND);

        assertThat(rows(new History(Optional.of(file)), new Access.Tail(5))).containsExactly("1/1 kept");
    }

    @Test
    void a_long_history_is_trimmed_to_its_newest_cells() throws Exception {
        Path file = folder.resolve("history.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 10_001; i++) {
            lines.append("{\"session\":1,\"number\":").append(i).append(",\"code\":\"c\"}\n");
        }
        Files.writeString(file, lines);

        assertThat(rows(new History(Optional.of(file)), new Access.Tail(1))).containsExactly("1/10001 c");
        assertThat(Files.readAllLines(file)).hasSize(5_001);
    }

    @Test
    void a_history_that_cannot_be_written_is_in_memory() {
        History history = new History(Optional.of(Path.of("/proc/none/history.jsonl")));

        history.add(1, "cell", Optional.empty());

        assertThat(rows(history, new Access.Tail(5))).containsExactly("1/1 cell");
    }

    private static void awaitLines(Path file, int count) throws IOException, InterruptedException {
        while (!Files.exists(file) || Files.readAllLines(file).size() < count) {
            Thread.sleep(5);
        }
    }

    private static List<String> rows(History history, Access access) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : history.answer(new Request.History(false, access)).path("history")) {
            rows.add(row.get(0).asInt() + "/" + row.get(1).asInt() + " "
                    + row.get(2).asText());
        }
        return rows;
    }
}
