package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunStoreTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private RunStore open() {
        return RunStore.open(folder.resolve("dagshell.db"), warnings::add);
    }

    private static RunId begin(RunStore store, Optional<RunId> resumes) {
        RunId run = RunId.create(START);
        store.accept(new RunEvent.RunStarted(
                run, START, new TaskName("etl"), Kind.FLOW, "ETL", "{}", "java", "etl.ipynb[3]", resumes));
        store.accept(new RunEvent.TaskCreated(
                run, START, 0, new TaskName("etl"), Kind.FLOW, new CallPath("etl/1"), OptionalInt.empty(), List.of()));
        return run;
    }

    private static void state(RunStore store, RunId run, int millis, State state, int attempt, String message) {
        store.accept(new RunEvent.TaskStateChanged(
                run,
                START.plusMillis(millis),
                0,
                state,
                attempt,
                Optional.of(message).filter(each -> !each.isEmpty())));
    }

    private static void end(RunStore store, RunId run, State state) {
        store.accept(new RunEvent.RunFinished(run, START.plusSeconds(9), state, Optional.empty()));
    }

    @Test
    void a_store_with_nothing_to_write_keeps_no_other_from_writing() {
        try (RunStore one = open();
                RunStore other = open()) {
            RunId first = begin(one, Optional.empty());
            one.flush();
            RunId second = begin(other, Optional.empty());
            other.flush();
            end(one, first, State.COMPLETED);
            end(other, second, State.COMPLETED);
            other.flush();

            assertThat(one.runs(10)).extracting(RunRecord::state).containsExactly(State.COMPLETED, State.COMPLETED);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void an_idle_store_opens_its_file_with_the_first_event_and_not_before() throws Exception {
        Path file = folder.resolve("idle/dagshell.db");
        RunId run;
        try (RunStore idle = RunStore.idle(file, warnings::add)) {
            idle.flush();
            assertThat(file).doesNotExist();

            run = begin(idle, Optional.empty());
            end(idle, run, State.COMPLETED);
        }
        try (RunStore other = RunStore.open(file, warnings::add)) {
            assertThat(other.runs(10)).extracting(RunRecord::id).containsExactly(run);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void an_idle_store_that_was_told_nothing_leaves_no_file() {
        Path file = folder.resolve("idle/dagshell.db");
        RunStore.idle(file, warnings::add).close();
        assertThat(file).doesNotExist();
    }

    @Test
    void an_idle_store_answers_without_having_been_told_of_a_run() {
        try (RunStore other = open();
                RunStore idle = RunStore.idle(folder.resolve("dagshell.db"), warnings::add)) {
            RunId run = begin(other, Optional.empty());
            other.flush();
            assertThat(idle.runs(10)).extracting(RunRecord::id).containsExactly(run);
        }
    }

    @Test
    void each_attempt_is_on_record() {
        try (RunStore store = open()) {
            RunId run = begin(store, Optional.empty());
            state(store, run, 1, State.RUNNING, 1, "");
            state(store, run, 5, State.AWAITING_RETRY, 1, "IOException: down");
            state(store, run, 9, State.RUNNING, 2, "");
            state(store, run, 12, State.COMPLETED, 2, "");

            assertThat(store.attempts(run))
                    .containsExactly(
                            new AttemptRecord(
                                    0,
                                    1,
                                    State.FAILED,
                                    Optional.of("IOException: down"),
                                    Optional.of(START.plusMillis(1)),
                                    Optional.of(START.plusMillis(5))),
                            new AttemptRecord(
                                    0,
                                    2,
                                    State.COMPLETED,
                                    Optional.empty(),
                                    Optional.of(START.plusMillis(9)),
                                    Optional.of(START.plusMillis(12))));
        }
    }

    @Test
    void a_run_of_a_process_that_is_gone_is_crashed_and_one_of_a_living_process_is_not() throws Exception {
        try (RunStore store = open()) {
            RunId gone = begin(store, Optional.empty());
            state(store, gone, 7, State.RUNNING, 1, "");
            RunId reused = begin(store, Optional.empty());
            RunId elsewhere = begin(store, Optional.empty());
            RunId going = begin(store, Optional.empty());
            store.flush();
            Process process = new ProcessBuilder(java(), "-version").start();
            process.waitFor();
            change("pid = " + process.pid(), gone);
            change("process_started = process_started - 60000000", reused);
            change("host = 'elsewhere'", elsewhere);

            assertThat(store.run(gone).orElseThrow().run().state()).isEqualTo(State.CRASHED);
            assertThat(store.run(gone).orElseThrow().run().finishedAt()).contains(START.plusMillis(7));
            assertThat(store.run(gone).orElseThrow().tasks().get(0).status().state())
                    .isEqualTo(State.CRASHED);
            assertThat(store.run(reused).orElseThrow().run().state()).isEqualTo(State.CRASHED);
            assertThat(store.run(elsewhere).orElseThrow().run().state()).isEqualTo(State.RUNNING);
            assertThat(store.run(going).orElseThrow().run().state()).isEqualTo(State.RUNNING);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void change(String assignment, RunId run) throws Exception {
        try (Connection connection = new Database(folder.resolve("dagshell.db")).connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update runs set " + assignment + " where run_id = '" + run + "'");
        }
    }

    @Test
    void a_run_is_found_for_resuming_or_the_reason_told() {
        try (RunStore store = open()) {
            RunId failed = begin(store, Optional.empty());
            end(store, failed, State.FAILED);
            assertThat(ResumableRun.find(store, failed.toString(), Optional.of(new TaskName("etl")))
                            .id())
                    .isEqualTo(failed);
            refused(store, failed, "report", "is one of flow etl, not of report");

            RunId second = begin(store, Optional.of(failed));
            refused(store, second, "etl", "is Running still");
            refused(store, failed, "etl", "was resumed by " + second + ", which is Running.");
            end(store, second, State.FAILED);
            refused(store, failed, "etl", "which is Failed: resume that one.");
            RunId third = begin(store, Optional.of(second));
            end(store, third, State.COMPLETED);
            refused(store, third, "etl", "is Completed; there is nothing to resume");
        }
    }

    private static void refused(RunStore store, RunId run, String flow, String why) {
        assertThatThrownBy(() -> ResumableRun.find(store, run.toString(), Optional.of(new TaskName(flow))))
                .isInstanceOf(NotResumableException.class)
                .hasMessageContaining(why);
    }
}
