package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancellationTest {
    private final EventLog events = new EventLog();
    private final Cells cells = new Cells()
            .task("fetch")
            .task("slow", Cells.timeout(Duration.ofMillis(30)))
            .task("stubborn", Cells.timeout(Duration.ofMillis(30)).andThen(Cells.retries(1, Duration.ZERO))::apply)
            .flow("ingest", Cells.concurrency(2));
    private final Engine engine =
            Engine.builder().definitions(cells).sink(events).build();
    private final CountDownLatch running = new CountDownLatch(1);

    @AfterEach
    void no_interrupt_is_left_behind() {
        assertThat(Thread.interrupted()).isFalse();
        engine.close();
    }

    private CompletableFuture<Object> inBackground(io.dagshell.engine.Work<Object> work) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        Object value = engine.within(work);
                        outcome.complete(value + (Thread.currentThread().isInterrupted() ? " interrupted" : ""));
                    } catch (Throwable failure) {
                        outcome.complete(failure);
                    }
                })
                .start();
        return outcome;
    }

    private Object sleepForever() throws InterruptedException {
        running.countDown();
        new CountDownLatch(1).await();
        return 0;
    }

    @Test
    void cancel_interrupts_the_running_task_and_the_record_says_cancelled() throws Exception {
        CompletableFuture<Object> outcome = inBackground(() -> call("ingest", () -> call("fetch", this::sleepForever)));
        running.await();

        engine.cancel();

        assertThat(outcome.get())
                .asInstanceOf(InstanceOfAssertFactories.throwable(CancellationException.class))
                .hasMessage("cancelled");
        assertThat(events.states("ingest/1.fetch/1"))
                .containsExactly(State.PENDING, State.RUNNING, State.CANCELLING, State.CANCELLED);
        assertThat(events.states("ingest/1")).endsWith(State.CANCELLING, State.CANCELLED);
        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.CANCELLED);
        assertThat(events.of(TaskFailed.class)).isEmpty();
    }

    @Test
    void what_blocks_registered_is_run_once_and_what_they_took_back_is_not() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        CompletableFuture<Object> outcome = inBackground(() -> call("fetch", () -> {
            Cancellation cancellation = Engine.current().cancellation();
            cancellation.onCancel(closed::incrementAndGet);
            cancellation.onCancel(() -> closed.addAndGet(100)).close();
            return sleepForever();
        }));
        running.await();

        engine.cancel();
        engine.cancel();

        assertThat(outcome.get()).isInstanceOf(CancellationException.class);
        assertThat(closed.get()).isEqualTo(1);
    }

    @Test
    void a_task_that_finishes_all_the_same_is_completed_and_the_flow_is_cancelled() throws Exception {
        CompletableFuture<Object> outcome = inBackground(() -> call("ingest", () -> {
            call("fetch", () -> {
                try {
                    return sleepForever();
                } catch (InterruptedException ignored) {
                    return "done";
                }
            });
            return call("fetch", () -> "never");
        }));
        running.await();

        engine.cancel();

        assertThat(outcome.get()).isInstanceOf(CancellationException.class);
        assertThat(events.states("ingest/1.fetch/1")).endsWith(State.CANCELLING, State.COMPLETED);
        assertThat(events.paths()).doesNotContain("ingest/1.fetch/2");
        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void cancel_reaches_all_branches_of_a_map_and_begins_no_more() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        CompletableFuture<Object> outcome = inBackground(() -> call(
                "ingest",
                () -> Dag.map(
                        List.of(1, 2, 3, 4),
                        i -> call("fetch", () -> {
                            both.countDown();
                            return sleepForever();
                        }))));
        both.await();

        engine.cancel();

        assertThat(outcome.get()).isInstanceOf(CancellationException.class);
        assertThat(events.states("ingest/1.fetch/1")).endsWith(State.CANCELLED);
        assertThat(events.states("ingest/1.fetch/2")).endsWith(State.CANCELLED);
        assertThat(events.paths()).hasSize(3);
    }

    @Test
    void the_engine_goes_on_after_a_cancel() throws Exception {
        CompletableFuture<Object> outcome = inBackground(() -> call("fetch", this::sleepForever));
        running.await();
        engine.cancel();
        assertThat(outcome.get()).isInstanceOf(CancellationException.class);

        assertThat(engine.within(() -> call("fetch", () -> 42))).isEqualTo(42);
    }

    @Test
    void an_interrupt_from_outside_cancels_too() throws Exception {
        Thread[] cell = new Thread[1];
        CompletableFuture<Object> outcome = inBackground(() -> {
            cell[0] = Thread.currentThread();
            return call("fetch", this::sleepForever);
        });
        running.await();

        cell[0].interrupt();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(events.states("fetch/1")).endsWith(State.CANCELLED);
    }

    @Test
    void an_interrupt_from_outside_stops_a_map_and_its_run_is_cancelled() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Thread[] cell = new Thread[1];
        CompletableFuture<Object> outcome = inBackground(() -> {
            cell[0] = Thread.currentThread();
            return call(
                    "ingest",
                    () -> Dag.map(
                            List.of(1, 2),
                            i -> call("fetch", () -> {
                                both.countDown();
                                if (Thread.currentThread() == cell[0]) {
                                    both.await();
                                    return i;
                                }
                                return sleepForever();
                            })));
        });
        both.await();

        cell[0].interrupt();

        assertThat(outcome.get()).isInstanceOfAny(CancellationException.class, InterruptedException.class);
        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void the_error_that_ends_a_cell_passes_as_it_is() throws Exception {
        AssertionError ends = new AssertionError("the cell ends");
        CompletableFuture<Object> outcome = inBackground(() -> call("fetch", () -> {
            try {
                return sleepForever();
            } catch (InterruptedException stopped) {
                throw ends;
            }
        }));
        running.await();

        engine.cancel();

        assertThat(outcome.get()).isSameAs(ends);
        assertThat(events.states("fetch/1")).endsWith(State.CANCELLED);
    }

    @Test
    void a_task_past_its_timeout_is_interrupted_and_fails() {
        assertThatThrownBy(() -> engine.within(() -> call("slow", this::sleepForever)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessage("slow ran longer than its timeout of 30 ms")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(events.states("slow/1")).containsExactly(State.PENDING, State.RUNNING, State.FAILED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_timeout_is_retried_like_another_failure() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Object value = engine.within(
                () -> call("stubborn", () -> attempts.incrementAndGet() == 1 ? sleepForever() : "second"));

        assertThat(value).isEqualTo("second");
        assertThat(events.states("stubborn/1"))
                .containsExactly(State.PENDING, State.RUNNING, State.AWAITING_RETRY, State.RUNNING, State.COMPLETED);
    }

    @Test
    void records_are_written_without_the_interrupt_that_asked_to_stop() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Engine careful = Engine.builder()
                .definitions(cells)
                .sink(event -> {
                    if (event instanceof RunFinished) {
                        interrupted.complete(Thread.currentThread().isInterrupted());
                    }
                })
                .build();
        Thread runner = new Thread(() -> {
            try {
                careful.within(() -> call("fetch", () -> {
                    seen.countDown();
                    return sleepForever();
                }));
            } catch (Exception cancelled) {
                Thread.currentThread().interrupt();
            }
        });
        runner.start();
        seen.await();

        careful.cancel();

        assertThat(interrupted.get()).isFalse();
        runner.join();
    }
}
