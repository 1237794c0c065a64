package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final int TASKS = 1_000;

    @Test
    void a_trivial_task_costs_at_most_a_tenth_of_a_millisecond() throws Exception {
        Engine engine = Engine.builder()
                .definitions(new Cells().task("fetch").flow("ingest"))
                .build();
        Duration best = Duration.ofDays(1);
        for (int round = 0; round < 12; round++) {
            long start = System.nanoTime();
            engine.within(() -> call("ingest", () -> {
                int sum = 0;
                for (int task = 0; task < TASKS; task++) {
                    int value = task;
                    sum += call("fetch", () -> value, value);
                }
                return sum;
            }));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }

        assertThat(best.toNanos() / TASKS).as("nanoseconds a task").isLessThan(100_000);
        System.getLogger("cost").log(System.Logger.Level.INFO, "a trivial task: {0} ns", best.toNanos() / TASKS);
    }
}
