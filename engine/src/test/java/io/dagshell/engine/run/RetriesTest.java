package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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

    private int attemptsOf(UnaryOperator<RetryRule> rule, Exception failure) {
        AtomicInteger made = new AtomicInteger();
        Cells cells = new Cells().task("load", policy -> policy.withRetry(rule.apply(RetryRule.of(2, Duration.ZERO))));
        try (Engine one = Engine.builder().definitions(cells).sink(events).build()) {
            assertThatThrownBy(() -> one.within(() -> call("load", () -> {
                        made.incrementAndGet();
                        throw failure;
                    })))
                    .isSameAs(failure);
        }
        return made.get();
    }

    @Test
    void the_kind_of_a_failure_decides_whether_trying_again_makes_sense() {
        assertThat(attemptsOf(rule -> rule, new IOException("reset"))).isEqualTo(3);
        assertThat(attemptsOf(rule -> rule, new IllegalStateException("of unknown kind")))
                .isEqualTo(3);
        assertThat(attemptsOf(rule -> rule, new FileNotFoundException("trips.csv")))
                .isEqualTo(1);

        assertThat(events.of(LogLine.class))
                .anySatisfy(line -> assertThat(line.text())
                        .isEqualTo("not tried again: FileNotFoundException: trips.csv is the input's or the code's"
                                + " fault; retryOn=FileNotFoundException would try it again"));
    }

    @Test
    void the_header_names_the_failures_to_try_again_after() {
        UnaryOperator<RetryRule> on = rule -> rule.withOn(List.of("IOException", "java.sql.SQLException"));

        assertThat(attemptsOf(on, new FileNotFoundException("a subclass"))).isEqualTo(3);
        assertThat(attemptsOf(on, new UncheckedIOException(new IOException("the cause"))))
                .isEqualTo(3);
        assertThat(attemptsOf(on, new java.sql.SQLException("by its full name")))
                .isEqualTo(3);
        assertThat(attemptsOf(on, new IllegalStateException("another"))).isEqualTo(1);
        assertThat(events.of(LogLine.class))
                .anySatisfy(line -> assertThat(line.text())
                        .isEqualTo("not tried again: IllegalStateException: another is not among those of retryOn"));
    }

    @Test
    void jitter_keeps_waits_within_its_share() {
        RetryRule rule = RetryRule.of(3, Duration.ofSeconds(10)).withJitter(0.2);

        assertThat(rule.waitBefore(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(rule.waitBefore(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(rule.waitBefore(1, 1)).isEqualTo(Duration.ofSeconds(12));
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
