package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HooksTest {
    private final EventLog events = new EventLog();
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Engine engine = Engine.builder()
            .definitions(new Cells()
                    .task("load", Cells.retries(1, Duration.ZERO))
                    .task("report")
                    .flow("etl"))
            .sink(events)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private int load(int failures) {
        return call("load", () -> {
            Dag.onFailure(
                    end -> told.add(end + " in attempt " + Engine.current().attempt()));
            Dag.onCompletion(end -> told.add(end.toString()));
            if (attempts.incrementAndGet() <= failures) {
                throw new IllegalStateException("no disk");
            }
            return 7;
        });
    }

    @Test
    void hooks_run_once_the_call_has_ended_for_good() throws Exception {
        assertThat(engine.within(() -> load(1))).isEqualTo(7);
        attempts.set(0);
        assertThatThrownBy(() -> engine.within(() -> load(2))).hasMessage("no disk");

        assertThat(told)
                .containsExactly(
                        "load Completed", "load Failed: java.lang.IllegalStateException: no disk in attempt 2");
    }

    @Test
    void a_hook_that_fails_hides_nothing() {
        assertThatThrownBy(() -> engine.within(() -> call("etl", () -> {
                    Dag.onFailure(end -> {
                        throw new IllegalArgumentException("no mail server");
                    });
                    Dag.onFailure(end -> told.add(end.task() + " at " + end.path()));
                    return load(2);
                })))
                .hasMessage("no disk");

        assertThat(told).endsWith("etl at etl/1");
        assertThat(events.states("etl/1")).endsWith(State.FAILED);
        assertThat(events.of(LogLine.class))
                .anySatisfy(line -> assertThat(line.text())
                        .isEqualTo("a hook of etl failed: IllegalArgumentException: no mail server"));
    }

    @Test
    void a_hook_calls_no_task() throws Exception {
        engine.within(() -> call("etl", () -> {
            Dag.onCompletion(end -> call("report", () -> 1));
            return 1;
        }));

        assertThat(events.paths()).containsExactly("etl/1");
        assertThat(events.of(LogLine.class))
                .anySatisfy(line -> assertThat(line.text()).contains("a hook of etl calls report"));
    }

    @Test
    void a_plain_cell_has_no_hooks() {
        assertThatThrownBy(() -> engine.within(() -> {
                    Dag.onFailure(end -> {});
                    return 1;
                }))
                .hasMessage("onFailure and onCompletion belong into a task or flow, not into a plain cell");
    }
}
