package io.dagshell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextLinesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final RunId run = RunId.create(START);
    private final TextLines lines = new TextLines();
    private final List<String> told = new ArrayList<>();

    @Test
    void a_run_with_a_hit_and_a_computed_task_reads_as_a_story() {
        begin();
        create(1, "fetch");
        tell(new CacheConsulted(
                run,
                at(5),
                1,
                CacheOutcome.HIT,
                "",
                Optional.of("key"),
                Optional.of(Duration.ofHours(2)),
                Optional.of(Duration.ofMillis(2400))));
        tell(new ResultDescribed(run, at(6), 1, "1,369,765 rows × 18 columns"));
        tell(new TaskStateChanged(run, at(10), 1, State.CACHED, 1, Optional.empty()));
        create(2, "load");
        tell(new TaskStateChanged(run, at(20), 2, State.RUNNING, 1, Optional.empty()));
        tell(new TaskStateChanged(run, at(1520), 2, State.COMPLETED, 1, Optional.empty()));
        tell(new TaskStateChanged(run, at(1530), 0, State.COMPLETED, 1, Optional.empty()));
        tell(new RunFinished(run, at(1540), State.COMPLETED, Optional.empty()));

        assertThat(told)
                .containsExactly(
                        "Ingest flow: run " + run,
                        "  fetch              Cached          0.01 s  1,369,765 rows × 18 columns"
                                + " · cache hit, 2 h old, saved 2.40 s",
                        "  load               Completed       1.50 s",
                        "Ingest flow: Completed in 1.54 s · 1 completed, 1 cached");
    }

    @Test
    void a_failure_shows_the_users_frames_once_though_the_flow_fails_too() {
        begin();
        create(1, "load");
        tell(new TaskStateChanged(run, at(10), 1, State.RUNNING, 1, Optional.empty()));
        tell(new TaskStateChanged(run, at(20), 1, State.FAILED, 1, Optional.of("no such table")));
        String trace = "java.io.IOException: no such table\n  at load(etl.ipynb[7]:3)";
        for (int ordinal : List.of(1, 0)) {
            tell(new TaskFailed(
                    run,
                    at(20),
                    ordinal,
                    "java.io.IOException",
                    "no such table",
                    FailureKind.USER,
                    "etl.ipynb[7]:3",
                    trace));
        }
        tell(new TaskStateChanged(run, at(21), 0, State.FAILED, 1, Optional.of("no such table")));
        tell(new RunFinished(run, at(22), State.FAILED, Optional.of("no such table")));

        assertThat(told.subList(1, told.size()))
                .containsExactly(
                        "  load               Failed          0.01 s  no such table",
                        "    java.io.IOException: no such table",
                        "      at load(etl.ipynb[7]:3)",
                        "Ingest flow: Failed in 0.02 s · 1 failed");
    }

    @Test
    void the_frames_stand_behind_the_task_they_belong_to() {
        begin();
        create(1, "load");
        tell(new TaskFailed(run, at(9), 1, "E", "x", FailureKind.USER, "etl.ipynb[7]:3", "E: x\n  at load"));
        tell(new TaskStateChanged(run, at(9), 1, State.FAILED, 1, Optional.of("x")));

        assertThat(told.subList(2, told.size())).containsExactly("    E: x", "      at load");
    }

    @Test
    void printed_lines_are_not_told_twice_and_engine_lines_name_their_task() {
        begin();
        create(1, "load");
        tell(new LogLine(run, at(1), 1, "STDOUT", "printed", false));
        tell(new LogLine(run, at(1), 1, "WARN", "source not checked", false));
        tell(new LogLine(run, at(1), 1, "INFO", "from an earlier run", true));

        assertThat(told.subList(1, told.size())).containsExactly("  load | WARN source not checked");
    }

    @Test
    void long_times_are_told_in_minutes() {
        assertThat(TextLines.seconds(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
        assertThat(TextLines.seconds(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
    }

    private void begin() {
        tell(new RunStarted(run, START, new TaskName("ingest"), Kind.FLOW, "Ingest flow", "{}", "deployed", ""));
        tell(new TaskCreated(
                run,
                START,
                0,
                new TaskName("ingest"),
                Kind.FLOW,
                new CallPath("ingest/1"),
                OptionalInt.empty(),
                List.of()));
    }

    private void create(int ordinal, String name) {
        tell(new TaskCreated(
                run,
                START,
                ordinal,
                new TaskName(name),
                Kind.TASK,
                new CallPath("ingest/1." + name + "/1"),
                OptionalInt.of(0),
                List.of()));
    }

    private void tell(RunEvent event) {
        told.addAll(lines.accept(event));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
