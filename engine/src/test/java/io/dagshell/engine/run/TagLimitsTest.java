package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.model.TagLimits;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TagLimitsTest {
    private static final List<Integer> TWELVE = IntStream.range(0, 12).boxed().toList();

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private int load(int item) {
        return call("load", () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(5);
            running.decrementAndGet();
            return item;
        });
    }

    /** Keeps its slot until another runs beside it, so that a slow machine cannot make the limit look lower. */
    private int loadOnceTwoRun(int item, CountDownLatch two) {
        return call("load", () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            two.countDown();
            assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(5);
            running.decrementAndGet();
            return item;
        });
    }

    private static Cells cells() {
        return new Cells()
                .task("load", policy -> policy.withTags(new TreeSet<>(List.of("db", "nightly"))))
                .task("fetch")
                .flow("etl", policy -> policy.withConcurrency(6).withTagLimits(Map.of("db", 2)))
                .flow("free", Cells.concurrency(6));
    }

    @Test
    void a_flow_runs_no_more_tasks_of_a_tag_at_once_than_it_says() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        try (Engine engine = Engine.builder().definitions(cells()).build()) {
            engine.within(() -> call("etl", () -> Dag.map(TWELVE, item -> loadOnceTwoRun(item, two))));
        }
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void tasks_without_the_tag_are_not_held_back() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        try (Engine engine = Engine.builder().definitions(cells()).build()) {
            engine.within(() -> call(
                    "etl",
                    () -> Dag.map(
                            TWELVE,
                            item -> call("fetch", () -> {
                                most.accumulateAndGet(fetches.incrementAndGet(), Math::max);
                                Thread.sleep(20);
                                return fetches.decrementAndGet();
                            }))));
        }
        assertThat(most.get()).isGreaterThan(2);
    }

    @Test
    void a_limit_of_the_process_holds_across_flows_that_run_at_once() throws Exception {
        try (Engine engine = Engine.builder()
                .definitions(cells())
                .tagLimits(TagLimits.of(Map.of(TagLimits.ENVIRONMENT, "nightly:1")))
                .build()) {
            Thread other = new Thread(() -> flow(engine));
            other.start();
            flow(engine);
            other.join();
        }
        assertThat(most.get()).isEqualTo(1);
    }

    private void flow(Engine engine) {
        try {
            engine.within(() -> call("free", () -> Dag.map(TWELVE, this::load)));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void maps_in_maps_end_where_one_task_may_run_at_a_time() throws Exception {
        Cells cells = cells().flow("parent", policy -> policy.withConcurrency(1).withTagLimits(Map.of("db", 1)));
        List<List<Integer>> values;
        try (Engine engine = Engine.builder()
                .definitions(cells)
                .tagLimits(Map.of("nightly", 1))
                .build()) {
            values = engine.within(() ->
                    call("parent", () -> Dag.map(TWELVE, item -> call("etl", () -> Dag.map(TWELVE, this::load)))));
        }
        assertThat(values).hasSize(12);
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void limits_that_are_not_understood_are_told() {
        assertThatThrownBy(() -> TagLimits.of(Map.of(TagLimits.ENVIRONMENT, "db")))
                .hasMessage("DAGSHELL_TAG_LIMITS is 'db', but it takes tags and numbers, such as db:2,web:4");
    }
}
