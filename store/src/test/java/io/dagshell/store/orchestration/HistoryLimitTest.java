package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import io.dagshell.store.LogRecord;
import io.dagshell.store.Micros;
import io.dagshell.store.RunStore;
import io.dagshell.store.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLimitTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final String KILOBYTE = "x".repeat(1 << 10);

    @TempDir
    Path folder;

    /** A run that prints so many lines of a kilobyte and ends. */
    private static RunId ran(RunStore store, Instant at, int lines) {
        RunId id = RunId.create(at);
        TaskName flow = new TaskName("talk");
        store.accept(new RunStarted(id, at, flow, Kind.FLOW, "Talk", "{}", "notebook", "talk.ipynb[1]"));
        store.accept(new TaskCreated(
                id, at, 0, flow, Kind.FLOW, CallPath.root().child(flow, 1), OptionalInt.empty(), List.of()));
        for (int i = 0; i < lines; i++) {
            store.accept(new LogLine(id, at, 0, "STDOUT", i + KILOBYTE, false));
        }
        store.accept(new RunFinished(id, at.plusSeconds(1), State.COMPLETED, Optional.empty()));
        return id;
    }

    @Test
    void past_its_limit_a_history_loses_the_runs_that_ended_first() {
        Path file = folder.resolve("dagshell.db");
        List<RunId> runs = new ArrayList<>();
        try (Database database = Database.file(file);
                RunStore store = RunStore.open(file)) {
            for (int i = 0; i < 20; i++) {
                runs.add(ran(store, START.plus(Duration.ofHours(i)), 500));
            }
            store.runs(1);
            Orchestration state = Orchestration.of(database);

            int deleted = state.deleteOldestUntil(6L << 20);

            assertThat(deleted).isBetween(6, 14);
            assertThat(runs.subList(0, deleted))
                    .noneMatch(run -> store.find(run).isPresent());
            assertThat(runs.subList(deleted, 20))
                    .allMatch(run -> store.find(run).isPresent());
            assertThat(state.deleteOldestUntil(6L << 20)).isZero();
            long size = file.toFile().length();
            for (int i = 20; i < 25; i++) {
                ran(store, START.plus(Duration.ofHours(i)), 500);
                store.runs(1);
                state.deleteOldestUntil(6L << 20);
            }
            assertThat(file.toFile().length())
                    .as("what was freed is filled again")
                    .isLessThan(size + (4 << 20));
        }
    }

    @Test
    void runs_of_deployments_and_others_go_in_the_order_in_which_they_ended() throws SQLException {
        Path file = folder.resolve("dagshell.db");
        try (Database database = Database.file(file);
                RunStore store = RunStore.open(file)) {
            RunId first = ran(store, START, 1);
            RunId last = ran(store, START.plus(Duration.ofHours(2)), 1);
            store.runs(1);
            RunId between = RunId.create(START);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                long end = Micros.of(START.plus(Duration.ofHours(1)));
                statement.execute(
                        "insert into flow_runs (run_id, deployment, version, flow, parameters, due, queue, jdk,"
                                + " exclusive, created_by, attempt, state, phase, created_at, finished_at) values ('"
                                + between
                                + "', 'talk', 'v1', 'talk', '{}', 0, 'default', 17, 0, 'ada', 1, 'Completed', 2, 0, "
                                + end + ")");
            }

            assertThat(new Retention(new Transactions(database)).oldest())
                    .containsExactly(first.toString(), between.toString(), last.toString());
        }
    }

    @Test
    void a_history_of_runs_that_go_on_is_left_as_it_is() {
        Path file = folder.resolve("dagshell.db");
        try (Database database = Database.file(file);
                RunStore store = RunStore.open(file)) {
            RunId id = RunId.create(START);
            store.accept(new RunStarted(
                    id, START, new TaskName("talk"), Kind.FLOW, "Talk", "{}", "notebook", "talk.ipynb[1]"));
            store.runs(1);

            assertThat(Orchestration.of(database).deleteOldestUntil(1)).isZero();
            assertThat(store.find(id)).isPresent();
        }
    }

    @Test
    void logs_go_before_their_runs_and_say_so_once() {
        checkLogsGo(Database.file(folder.resolve("dagshell.db")));
    }

    @Test
    void so_they_do_in_postgresql() {
        checkLogsGo(Database.at(TestDatabases.postgres()));
    }

    private static void checkLogsGo(Database opened) {
        try (Database database = opened;
                RunStore store = RunStore.open(database)) {
            RunId old = ran(store, START, 5);
            RunId young = ran(store, START.plus(Duration.ofDays(3)), 5);
            store.runs(1);
            Orchestration state = Orchestration.of(database);

            assertThat(state.deleteLogsOfEndedBefore(START.plus(Duration.ofDays(1))))
                    .isOne();
            assertThat(state.deleteLogsOfEndedBefore(START.plus(Duration.ofDays(1))))
                    .isZero();

            assertThat(store.logs(old, -1, 10)).extracting(LogRecord::text).containsExactly(Retention.GONE);
            assertThat(store.logs(young, -1, 10)).hasSize(5);
            assertThat(store.run(old).orElseThrow().tasks()).hasSize(1);
        }
    }
}
