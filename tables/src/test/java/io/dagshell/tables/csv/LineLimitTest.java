package io.dagshell.tables.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.tables.TableFileException;
import io.dagshell.tables.Tables;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLimitTest {
    @TempDir
    Path folder;

    private static BufferedReader limited(String text) {
        return new BufferedReader(new LineLimit(new StringReader(text), "trips.jsonl", 5), 3);
    }

    @Test
    void lines_up_to_the_limit_are_read_as_they_are() throws IOException {
        BufferedReader lines = limited("12345\n\n🚕🚕\n1234567");
        assertThat(lines.readLine()).isEqualTo("12345");
        assertThat(lines.readLine()).isEmpty();
        assertThat(lines.readLine()).isEqualTo("🚕🚕");
        assertThatThrownBy(lines::readLine)
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith("trips.jsonl, line 4: more than 5 characters on one line");
    }

    @Test
    void a_small_file_that_unpacks_to_one_endless_line_is_refused_in_bounded_memory() throws IOException {
        Path file = folder.resolve("array.jsonl.gz");
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            out.write("{}\n[");
            for (int i = 0; i <= LineLimit.CHARACTERS / 8; i++) {
                out.write("{\"a\":1},");
            }
        }
        assertThatThrownBy(() -> Tables.readJsonLines(file))
                .isInstanceOf(TableFileException.class)
                .hasMessageContaining("line 2: more than 67,108,864 characters on one line");
    }
}
