package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.TaskFuture;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.model.State;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTest {
    private final EventLog events = new EventLog();
    private final Cells cells = new Cells()
            .task("fetch")
            .task("load")
            .flow("ingest")
            .flow("wide", Cells.concurrency(4))
            .flow("narrow", Cells.concurrency(1));
    private final Engine engine = Engine.builder()
            .definitions(cells)
            .sink(events)
            .defaultConcurrency(2)
            .build();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private int counted(int value) throws InterruptedException {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.sleep(2);
        running.decrementAndGet();
        return value;
    }

    @Test
    void a_map_gives_results_in_the_order_of_its_items_and_numbers_calls_by_item() throws Exception {
        List<Integer> squares = engine.within(() -> call(
                "wide", () -> Dag.map(IntStream.range(0, 50).boxed().toList(), i -> call("fetch", () -> i * i, i))));

        assertThat(squares)
                .isEqualTo(IntStream.range(0, 50).map(i -> i * i).boxed().toList());
        assertThat(events.paths())
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("wide/1"),
                                IntStream.rangeClosed(1, 50).mapToObj(i -> "wide/1.fetch/" + i))
                        .toList());
        assertThat(squares.get(7)).isEqualTo(49);
    }

    @Test
    void items_of_a_map_do_run_at_once() throws Exception {
        CyclicBarrier allFour = new CyclicBarrier(4);

        engine.within(() -> call(
                "wide",
                () -> Dag.map(List.of(1, 2, 3, 4), i -> call("fetch", () -> allFour.await(20, TimeUnit.SECONDS)))));

        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void no_more_tasks_run_at_once_than_the_flow_allows() throws Exception {
        engine.within(() -> call(
                "wide",
                () -> Dag.map(
                        List.of(1, 2, 3, 4),
                        i -> call(
                                "ingest", () -> Dag.map(List.of(1, 2, 3, 4), j -> call("fetch", () -> counted(j)))))));

        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void a_map_in_a_map_of_flows_ends_with_a_single_slot() throws Exception {
        List<List<Integer>> values = engine.within(() -> call(
                "narrow",
                () -> Dag.map(
                        List.of(1, 2, 3),
                        i -> call(
                                "narrow", () -> Dag.map(List.of(1, 2, 3), j -> call("fetch", () -> counted(i * j)))))));

        assertThat(values).containsExactly(List.of(1, 2, 3), List.of(2, 4, 6), List.of(3, 6, 9));
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void a_subflow_with_its_own_limit_stays_within_its_parents() throws Exception {
        engine.within(() -> call(
                "narrow",
                () -> call("wide", () -> {
                    List<TaskFuture<Integer>> futures = IntStream.range(0, 12)
                            .mapToObj(i -> Dag.submit(() -> call("fetch", () -> counted(i))))
                            .toList();
                    return futures.stream().mapToInt(TaskFuture::get).sum();
                })));

        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void the_first_failing_item_stops_the_others_and_is_what_the_map_throws() throws Exception {
        IOException broken = new IOException("item two");
        CountDownLatch siblingRuns = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> engine.within(() -> call(
                        "ingest",
                        () -> Dag.map(
                                IntStream.rangeClosed(1, 100).boxed().toList(),
                                i -> call("fetch", () -> {
                                    begun.incrementAndGet();
                                    if (i == 1) {
                                        siblingRuns.countDown();
                                        new CountDownLatch(1).await();
                                    }
                                    siblingRuns.await();
                                    throw broken;
                                })))))
                .isSameAs(broken);

        assertThat(begun.get()).isEqualTo(2);
        assertThat(events.states("ingest/1.fetch/1")).endsWith(State.CANCELLING, State.CANCELLED);
        assertThat(events.states("ingest/1.fetch/2")).endsWith(State.FAILED);
        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.FAILED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void submitted_work_is_numbered_in_program_order_and_waited_for() throws Exception {
        AtomicInteger done = new AtomicInteger();

        engine.within(() -> call("ingest", () -> {
            TaskFuture<Integer> first = Dag.submit(() -> call("fetch", () -> 10));
            Dag.submit(() -> call("fetch", done::incrementAndGet));
            return first.get() + call("fetch", () -> 5);
        }));

        assertThat(done.get()).isEqualTo(1);
        assertThat(events.paths())
                .containsExactlyInAnyOrder("ingest/1", "ingest/1.fetch/1", "ingest/1.fetch/2", "ingest/1.fetch/3");
        assertThat(events.all().get(events.all().size() - 1)).isInstanceOf(RunFinished.class);
    }

    @Test
    void a_failure_of_submitted_work_that_nobody_asked_for_fails_the_flow() {
        IOException broken = new IOException("unseen");

        assertThatThrownBy(() -> engine.within(() -> call("ingest", () -> {
                    Dag.submit(() -> call("fetch", () -> {
                        throw broken;
                    }));
                    return 1;
                })))
                .isSameAs(broken);
    }

    @Test
    void waiting_for_a_future_holds_no_slot() throws Exception {
        int value = engine.within(() -> call("narrow", () -> {
            TaskFuture<Integer> deepest = Dag.submit(() -> call("ingest", () -> {
                TaskFuture<Integer> inner = Dag.submit(() -> call("fetch", () -> counted(3)));
                return inner.get() + call("fetch", () -> counted(4));
            }));
            return deepest.get()
                    + Dag.submit(() -> call("fetch", () -> counted(5))).get();
        }));

        assertThat(value).isEqualTo(12);
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void a_flow_may_submit_ten_thousand_and_more_follow_while_they_run() throws Exception {
        long sum = engine.within(() -> call("wide", () -> {
            List<TaskFuture<Integer>> futures = IntStream.range(0, 10_000)
                    .mapToObj(i -> Dag.submit(() -> call("fetch", () -> i)))
                    .toList();
            return futures.stream().mapToLong(TaskFuture::get).sum();
        }));

        assertThat(sum).isEqualTo(10_000L * 9_999 / 2);
        assertThat(events.paths()).hasSize(10_001).doesNotHaveDuplicates();
    }

    @Test
    void a_map_in_a_cell_is_a_run_for_each_item() throws Exception {
        engine.within(() -> Dag.map(List.of(1, 2, 3), i -> call("ingest", () -> i)));

        assertThat(events.of(RunStarted.class)).hasSize(3);
        assertThat(events.of(RunFinished.class)).hasSize(3);
    }

    @Test
    void work_submitted_in_a_cell_goes_on_after_the_cell() throws Exception {
        CountDownLatch cellOver = new CountDownLatch(1);
        TaskFuture<Integer> future = engine.within(() -> Dag.submit(() -> call("fetch", () -> {
            cellOver.await();
            return 9;
        })));
        cellOver.countDown();

        assertThat(engine.within(future::get)).isEqualTo(9);
    }
}
