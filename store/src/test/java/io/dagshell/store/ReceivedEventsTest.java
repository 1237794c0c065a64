package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedEventsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final RunId run = RunId.create(NOW);
    private final List<RunEvent> events = List.of(
            new RunStarted(run, NOW, new TaskName("etl"), Kind.FLOW, "ETL", "{}", "deployed", "etl.ipynb"),
            line("one"),
            line("two"),
            line("three"),
            new RunFinished(run, NOW, State.COMPLETED, Optional.empty()));

    @Test
    void what_is_sent_again_counts_once() {
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            assertThat(store.receive(run, 0, events.subList(0, 3))).isEqualTo(3);
            assertThat(store.receive(run, 0, events.subList(0, 4))).isEqualTo(4);
            assertThat(store.receive(run, 1, events.subList(1, 3))).isEqualTo(4);
        }
        try (RunStore again = RunStore.open(folder.resolve("runs.db"))) {
            assertThat(again.receive(run, 2, events.subList(2, 5))).isEqualTo(5);
            assertThat(again.logs(run, -1, 10)).extracting(LogRecord::text).containsExactly("one", "two", "three");
            assertThat(again.runs(1).get(0).state()).isEqualTo(State.COMPLETED);
        }
    }

    @Test
    void what_leaves_a_gap_is_not_taken() {
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            assertThat(store.receive(run, 0, events.subList(0, 2))).isEqualTo(2);
            assertThat(store.receive(run, 3, events.subList(3, 5))).isEqualTo(2);
            assertThat(store.receive(run, 0, List.of())).isEqualTo(2);
            assertThat(store.runs(1).get(0).state()).isEqualTo(State.RUNNING);
        }
    }

    private LogLine line(String text) {
        return new LogLine(run, NOW, 0, "STDOUT", text, false);
    }
}
