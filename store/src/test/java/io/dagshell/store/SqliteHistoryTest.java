package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends RunHistoryContract {
    @TempDir
    Path folder;

    @Override
    RunStore open() {
        return RunStore.open(folder.resolve("state/dagshell.db"));
    }

    @Test
    void what_was_told_is_there_after_closing_without_a_flush() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        told.all().forEach(store::accept);
        store.close();
        try (RunStore again = RunStore.open(folder.resolve("state/dagshell.db"))) {
            assertThat(again.run(told.id).orElseThrow().run().finishedAt()).isPresent();
        }
    }

    @Test
    void another_store_of_the_same_file_sees_each_flush() {
        try (RunStore other = RunStore.open(folder.resolve("state/dagshell.db"))) {
            RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
            told.all().forEach(store::accept);
            store.flush();
            assertThat(other.run(told.id)).isPresent();
        }
    }

    @Test
    void a_file_that_is_no_database_is_warned_of_once_and_runs_go_on() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.db"), "this is no database, but a text of some length. ");
        List<String> warnings = new CopyOnWriteArrayList<>();
        try (RunStore broken = RunStore.open(new Database(file), warnings::add, 200)) {
            for (int i = 0; i < 3; i++) {
                RecordedRun.startedAt(RecordedRun.START).all().forEach(broken::accept);
                broken.flush();
            }
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0)).contains(file.toString()).contains("They go on");
            assertThatThrownBy(() -> broken.runs(5))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
