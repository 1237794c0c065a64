package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFileTest {
    @TempDir
    Path folder;

    @Test
    void two_processes_write_one_new_file_at_once_and_nothing_is_missing() throws Exception {
        Path file = folder.resolve("dagshell.db");
        List<Process> writers = List.of(WritingProcess.start(file, 150), WritingProcess.start(file, 150));
        List<String> told = new ArrayList<>();
        for (Process writer : writers) {
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().filter(line -> line.startsWith("ended ")).forEach(told::add);
            }
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }

        try (RunStore store = RunStore.open(file)) {
            assertThat(told).hasSize(300);
            assertThat(store.runs(1_000)).hasSize(300).allMatch(run -> run.state() == State.FAILED);
            for (RunRecord run : store.runs(1_000)) {
                assertThat(store.logs(run.id(), -1, 10)).hasSize(1);
            }
        }
    }

    @Test
    void a_process_killed_between_steps_leaves_a_record_that_can_be_read() throws Exception {
        Path file = folder.resolve("dagshell.db");
        for (int kill = 1; kill <= 5; kill++) {
            Process writer = WritingProcess.start(file, 0);
            String last = "";
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                // An odd line is a run that began, an even one the same run that ended: kill after both.
                for (int line = 0; line < 20 + kill; line++) {
                    last = lines.readLine();
                }
                writer.destroyForcibly();
                assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            RunId run = RunId.parse(last.substring("begun ".length()));
            try (RunStore store = RunStore.open(file)) {
                RunDetail detail = store.run(run).orElseThrow();
                assertThat(detail.tasks()).hasSize(3);
                assertThat(detail.run().state()).isIn(State.CRASHED, State.FAILED);
                assertThat(detail.tasks().get(1).status().state()).isEqualTo(State.CACHED);
            }
            assertThat(integrity(file)).isEqualTo("ok");
        }
    }

    private static String integrity(Path file) throws Exception {
        try (Connection connection = new Database(file).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check")) {
            return row.getString(1);
        }
    }
}
