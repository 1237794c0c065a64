package io.dagshell.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Task;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.State;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.value.StandardCodecs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test of tasks and a flow without a notebook. */
@Timeout(60)
class TripsProgramTest {
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void the_flow_loads_every_month_and_its_run_is_told() throws Exception {
        try (Engine engine = Engine.builder().sink(events::add).build()) {
            assertThat(engine.within(() -> TripsProgram.ETL.call(List.of(1, 2, 3))))
                    .isEqualTo(6);
        }

        assertThat(events)
                .filteredOn(TaskCreated.class::isInstance)
                .extracting(event -> ((TaskCreated) event).path().value())
                .containsExactlyInAnyOrder(
                        "etl/1",
                        "etl/1.fetch/1",
                        "etl/1.load/1",
                        "etl/1.fetch/2",
                        "etl/1.load/2",
                        "etl/1.fetch/3",
                        "etl/1.load/3");
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        RunFinished.class, end -> assertThat(end.state()).isEqualTo(State.COMPLETED));
    }

    @Test
    void a_task_with_a_version_is_cached_and_one_without_says_why_not(@TempDir Path folder) throws Exception {
        var versioned = Task.of(
                TripsProgram::fetch,
                header -> header.withCache(Policy.CacheRule.always()).withVersion("1"));
        var unversioned = Task.of(TripsProgram::fetch, header -> header.withCache(Policy.CacheRule.always()));
        try (Engine engine = Engine.builder()
                .cache(FileResultCache.open(folder, StandardCodecs.with(), Clock.systemUTC()))
                .sink(events::add)
                .build()) {
            assertThat(engine.within(() -> versioned.call(4))).isEqualTo(engine.within(() -> versioned.call(4)));
            engine.within(() -> unversioned.call(4));
        }

        assertThat(events)
                .filteredOn(CacheConsulted.class::isInstance)
                .extracting(event -> ((CacheConsulted) event).outcome())
                .containsExactly(CacheOutcome.MISS, CacheOutcome.HIT, CacheOutcome.NOT_CACHED);
        assertThat(events)
                .anySatisfy(event ->
                        assertThat(event.toString()).contains("a task of a Java program needs a version for that"));
    }

    @Test
    void a_lambda_is_no_task() {
        assertThatThrownBy(() -> Task.of((Integer month) -> month))
                .hasMessageStartingWith("a task or flow is made of a reference to a static method");
    }
}
