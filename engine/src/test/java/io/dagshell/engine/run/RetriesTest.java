package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final EventLog events = new EventLog();
    private final TickingClock clock = new TickingClock();
    private final Cells cells = new Cells()
            .task("fetch", Cells.retries(3, Duration.ofSeconds(10)))
            .task("clean", Cells.retries(2, Duration.ZERO))
            .task("load")
            .flow("ingest", Cells.retries(1, Duration.ofMinutes(2)));
    private final Engine engine = Engine.builder()
            .definitions(cells)
            .sink(events)
            .clock(clock)
            .pauses(clock)
            .build();
    private final AtomicInteger attempts = new AtomicInteger();

    private int failingUntil(int attempt) throws IOException {
        if (attempts.incrementAndGet() < attempt) {
            throw new IOException("attempt " + attempts.get() + " refused");
        }
        return attempts.get();
    }

    @Test
    void a_failed_task_is_retried_after_its_delay() throws Exception {
        int value = engine.within(() -> call("fetch", () -> failingUntil(3)));

        assertThat(value).isEqualTo(3);
        assertThat(clock.pauses()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThat(events.states("fetch/1"))
                .containsExactly(
                        State.PENDING,
                        State.RUNNING,
                        State.AWAITING_RETRY,
                        State.RUNNING,
                        State.AWAITING_RETRY,
                        State.RUNNING,
                        State.COMPLETED);
        List<TaskStateChanged> changes = events.of(TaskStateChanged.class);
        assertThat(changes.stream().map(TaskStateChanged::attempt)).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(changes.get(1).message()).hasValue("IOException: attempt 1 refused; attempt 2 of 4 in 10 s");
        assertThat(events.of(TaskFailed.class)).isEmpty();
    }

    @Test
    void when_retries_are_spent_the_last_failure_is_thrown_as_it_is() {
        List<IOException> thrown = new ArrayList<>();

        assertThatThrownBy(() -> engine.within(() -> call("fetch", () -> {
                    thrown.add(new IOException("no " + thrown.size()));
                    throw thrown.get(thrown.size() - 1);
                })))
                .satisfies(failure -> assertThat(failure).isSameAs(thrown.get(3)));

        assertThat(thrown).hasSize(4);
        assertThat(events.one(TaskFailed.class).message()).isEqualTo("no 3");
    }

    @Test
    void errors_of_the_machine_are_not_retried() {
        assertThatThrownBy(() -> engine.within(() -> call("clean", () -> {
                    attempts.incrementAndGet();
                    throw new StackOverflowError("deep");
                })))
                .isInstanceOf(StackOverflowError.class);

        assertThat(attempts.get()).isEqualTo(1);
    }

    @Test
    void what_a_call_names_is_the_same_at_each_attempt() throws Exception {
        List<String> effects = new ArrayList<>();

        engine.within(() -> call("fetch", () -> {
            Call call = Engine.current();
            effects.add(call.attempt() + " " + call.path() + " " + call.nextEffect() + " " + call.nextEffect());
            return failingUntil(2);
        }));

        assertThat(effects).containsExactly("1 fetch/1 1 2", "2 fetch/1 1 2");
    }

    @Test
    void a_retried_flow_makes_its_calls_again_under_the_same_paths() throws Exception {
        engine.within(() -> call("ingest", () -> {
            call("load", () -> 1);
            return failingUntil(2);
        }));

        assertThat(events.paths()).containsExactly("ingest/1", "ingest/1.load/1", "ingest/1.load/1");
        assertThat(clock.pauses()).containsExactly(Duration.ofMinutes(2));
    }

    @Test
    void a_task_that_waits_to_retry_holds_no_slot() throws Exception {
        Cells narrow = new Cells()
                .task("fetch", Cells.retries(1, Duration.ofSeconds(1)))
                .task("load")
                .flow("ingest", Cells.concurrency(1));
        var loaded = new java.util.concurrent.CountDownLatch(1);
        try (Engine one = Engine.builder()
                .definitions(narrow)
                .pauses(delay -> loaded.await())
                .build()) {
            int value = one.within(() -> call("ingest", () -> {
                var fetched = io.dagshell.engine.Dag.submit(() -> call("fetch", () -> failingUntil(2)));
                var load = io.dagshell.engine.Dag.submit(() -> call("load", () -> {
                    loaded.countDown();
                    return 40;
                }));
                // a worker waits for the retry, so this thread runs the load
                return load.get() + fetched.get();
            }));

            assertThat(value).isEqualTo(42);
        }
    }
}
