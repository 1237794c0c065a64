package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CacheUseTest {
    private final EventLog events = new EventLog();
    private final TickingClock clock = new TickingClock();
    private final Cells cells =
            new Cells().task("twice", Cells.cached()).task("load").flow("ingest");
    private final Engine engine = Engine.builder()
            .definitions(cells)
            .cache(new MemoryCache(TickingClock.START))
            .sink(events)
            .clock(clock)
            .build();
    private final AtomicInteger computed = new AtomicInteger();

    private Object twice(int input) {
        return call(
                "twice",
                () -> {
                    computed.incrementAndGet();
                    Engine.current().log("INFO", "doubling " + input);
                    clock.tick(Duration.ofSeconds(5));
                    return Cells.twice(input);
                },
                input);
    }

    @Test
    void a_second_call_with_equal_arguments_is_a_hit_that_says_what_it_saved() throws Exception {
        engine.within(() -> twice(21));
        clock.tick(Duration.ofMinutes(1));
        Object second = engine.within(() -> twice(21));

        assertThat(second).isEqualTo(42);
        assertThat(computed.get()).isEqualTo(1);
        CacheConsulted miss = events.of(CacheConsulted.class).get(0);
        assertThat(miss.outcome()).isEqualTo(CacheOutcome.MISS);
        assertThat(miss.reason()).isEqualTo("first time");
        CacheConsulted hit = events.of(CacheConsulted.class).get(1);
        assertThat(hit.outcome()).isEqualTo(CacheOutcome.HIT);
        assertThat(hit.age()).hasValue(Duration.ofSeconds(65));
        assertThat(hit.saved()).hasValue(Duration.ofSeconds(5));
        assertThat(hit.key()).isPresent();
        assertThat(events.of(RunFinished.class)).allMatch(finished -> finished.state() == State.COMPLETED);
    }

    @Test
    void a_hit_becomes_cached_without_running_and_replays_its_log() throws Exception {
        engine.within(() -> call("ingest", () -> {
            twice(1);
            return twice(1);
        }));

        assertThat(events.states("ingest/1.twice/2")).containsExactly(State.PENDING, State.CACHED);
        List<LogLine> lines = events.of(LogLine.class);
        assertThat(lines).extracting(LogLine::text).containsExactly("doubling 1", "doubling 1");
        assertThat(lines).extracting(LogLine::cached).containsExactly(false, true);
    }

    @Test
    void a_refresh_computes_anew_and_replaces() throws Exception {
        engine.within(() -> call("ingest", () -> {
            twice(1);
            Dag.refresh(() -> twice(1));
            return twice(1);
        }));

        assertThat(computed.get()).isEqualTo(2);
        assertThat(events.of(CacheConsulted.class))
                .extracting(CacheConsulted::outcome)
                .containsExactly(CacheOutcome.MISS, CacheOutcome.REFRESHED, CacheOutcome.HIT);
        assertThat(events.paths()).endsWith("ingest/1.twice/1", "ingest/1.twice/2", "ingest/1.twice/3");
    }

    @Test
    void a_refresh_reaches_the_items_of_a_map_but_not_the_tasks_of_a_subflow() throws Exception {
        engine.within(() -> call("ingest", () -> {
            twice(1);
            Dag.refresh(() -> Dag.map(List.of(1), this::twice));
            return Dag.refresh(() -> call("ingest", () -> twice(1)));
        }));

        assertThat(computed.get()).isEqualTo(2);
    }

    @Test
    void a_task_that_does_not_ask_is_not_cached_and_says_so() throws Exception {
        engine.within(() -> call("load", () -> 1));

        CacheConsulted consulted = events.one(CacheConsulted.class);
        assertThat(consulted.outcome()).isEqualTo(CacheOutcome.NOT_CACHED);
        assertThat(consulted.reason()).isEqualTo("not asked for");
    }

    @Test
    void a_result_that_cannot_be_kept_is_still_the_result_and_the_log_says_why() throws Exception {
        Object value = engine.within(() -> call("twice", () -> "unstorable", 1));

        assertThat(value).isEqualTo("unstorable");
        assertThat(events.one(LogLine.class).text()).isEqualTo("result not kept: no codec");
        assertThat(events.states("twice/1")).endsWith(State.COMPLETED);
    }

    @Test
    void a_failure_is_never_kept() throws Exception {
        assertThatThrownBy(() -> engine.within(() -> call(
                        "twice",
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        1)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(engine.within(() -> twice(1))).isEqualTo(2);
    }

    @Test
    void a_cache_that_breaks_is_worked_without() throws Exception {
        try (Engine without = Engine.builder()
                .definitions(cells)
                .sink(events)
                .cache((question, cancelled) -> {
                    throw new IllegalStateException("disk gone");
                })
                .build()) {
            assertThat(without.within(() -> twice(4))).isEqualTo(8);
        }

        assertThat(events.one(CacheConsulted.class).reason()).isEqualTo("cache not available");
        assertThat(events.of(LogLine.class).get(0).text())
                .isEqualTo("the cache could not be asked: IllegalStateException: disk gone");
    }
}
