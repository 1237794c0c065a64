package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.OutboxLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxReaderTest {
    @TempDir
    private Path folder;

    @Test
    void lines_are_read_as_they_come_wherever_a_write_was_cut() throws Exception {
        Path file = folder.resolve("events");
        StringBuilder all = new StringBuilder();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String json = "{\"text\":\"größe " + i + "\"}";
            written.add(json);
            all.append(OutboxLine.of(json)).append('\n');
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        List<String> read = new ArrayList<>();
        try (OutboxReader reader = new OutboxReader(file)) {
            assertThat(reader.next()).isEmpty();
            for (int at = 0; at < bytes.length; at += 7) {
                Files.write(
                        file,
                        java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                read.addAll(reader.next());
            }
        }
        assertThat(read).isEqualTo(written);
    }

    @Test
    void long_lines_are_taken_a_few_at_a_time_and_the_longest_alone() throws Exception {
        Path file = folder.resolve("events");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            written.add("{\"text\":\"" + String.valueOf(i % 10).repeat(i == 5 ? 3 << 20 : 300 << 10) + "\"}");
        }
        Files.write(file, written.stream().map(OutboxLine::of).toList());

        List<List<String>> batches = new ArrayList<>();
        try (OutboxReader reader = new OutboxReader(file)) {
            for (List<String> next = reader.next(); !next.isEmpty(); next = reader.next()) {
                batches.add(next);
            }
        }
        assertThat(batches).extracting(List::size).containsExactly(3, 2, 1, 3, 3);
        assertThat(batches.stream().flatMap(List::stream)).isEqualTo(written);
    }

    @Test
    void a_damaged_line_ends_it() throws Exception {
        Path file = folder.resolve("events");
        Files.writeString(
                file,
                OutboxLine.of("{}") + "\n" + OutboxLine.of("{}").replace("{", "[") + "\n" + OutboxLine.of("{}") + "\n");

        try (OutboxReader reader = new OutboxReader(file)) {
            assertThat(reader.next()).containsExactly("{}");
            assertThat(reader.next()).isEmpty();
        }
    }
}
