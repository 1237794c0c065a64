package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.State;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine on the real store of results. */
@Timeout(60)
class FileCacheRunTest {
    @TempDir
    Path folder;

    private final EventLog events = new EventLog();
    private final AtomicInteger computed = new AtomicInteger();

    private Engine engine(Cells cells) {
        return Engine.builder()
                .definitions(cells)
                .cache(FileResultCache.open(folder, StandardCodecs.with(), Clock.systemUTC()))
                .sink(events)
                .build();
    }

    private int twice(int input) {
        return call(
                "twice",
                () -> {
                    computed.incrementAndGet();
                    return Cells.twice(input);
                },
                input);
    }

    private List<CacheOutcome> outcomes() {
        return events.of(CacheConsulted.class).stream()
                .map(CacheConsulted::outcome)
                .toList();
    }

    @Test
    void what_one_engine_computed_another_finds() throws Exception {
        Cells cells = new Cells().task("twice", Cells.cached());
        try (Engine first = engine(cells);
                Engine second = engine(cells)) {
            assertThat(first.within(() -> twice(21))).isEqualTo(42);
            assertThat(second.within(() -> twice(21))).isEqualTo(42);
        }

        assertThat(outcomes()).containsExactly(CacheOutcome.MISS, CacheOutcome.HIT);
        assertThat(computed.get()).isEqualTo(1);
    }

    @Test
    void branches_that_ask_for_one_key_compute_it_once_and_none_hangs() throws Exception {
        for (int limit : List.of(1, 2, 4)) {
            computed.set(0);
            Cells cells = new Cells().task("twice", Cells.cached()).flow("ingest", Cells.concurrency(limit));
            int input = 100 + limit;
            try (Engine engine = engine(cells)) {
                List<Integer> values = engine.within(() ->
                        call("ingest", () -> Dag.map(Collections.nCopies(8, input), item -> twice(item))));
                assertThat(values).containsOnly(2 * input).hasSize(8);
            }
            assertThat(computed.get()).isEqualTo(1);
        }
    }

    @Test
    void the_right_to_compute_passes_on_when_its_owner_fails_for_good() throws Exception {
        Cells cells = new Cells()
                .task(
                        "twice",
                        policy -> Cells.retries(1, Duration.ZERO)
                                .apply(Cells.cached().apply(policy)))
                .flow("ingest", Cells.concurrency(2));
        try (Engine engine = engine(cells)) {
            assertThatThrownBy(() -> engine.within(() -> call(
                            "twice",
                            () -> {
                                computed.incrementAndGet();
                                throw new IOException("down");
                            },
                            5)))
                    .isInstanceOf(IOException.class);
            assertThat(engine.within(() -> twice(5))).isEqualTo(10);
        }

        assertThat(computed.get()).isEqualTo(3);
        assertThat(outcomes()).containsExactly(CacheOutcome.MISS, CacheOutcome.MISS);
    }

    @Test
    void one_who_waits_for_a_key_can_be_cancelled() throws Exception {
        Cells cells = new Cells().task("twice", Cells.cached());
        CountDownLatch owned = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Object> owner = new CompletableFuture<>();
        CompletableFuture<Object> waiter = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        try (Engine first = engine(cells);
                Engine second = Engine.builder()
                        .definitions(cells)
                        .cache(FileResultCache.open(folder, StandardCodecs.with(), Clock.systemUTC()))
                        .sink(event -> waits.countDown())
                        .build()) {
            start(
                    owner,
                    () -> first.within(() -> call(
                            "twice",
                            () -> {
                                owned.countDown();
                                release.await();
                                return 6;
                            },
                            3)));
            owned.await();
            start(waiter, () -> second.within(() -> twice(3)));
            waits.await();

            second.cancel();

            assertThat(waiter.get()).isInstanceOf(CancellationException.class);
            release.countDown();
            assertThat(owner.get()).isEqualTo(6);
        }
        assertThat(computed.get()).isZero();
        assertThat(events.states("twice/1")).endsWith(State.COMPLETED);
    }

    private static void start(CompletableFuture<Object> outcome, io.dagshell.engine.Work<Object> work) {
        new Thread(() -> {
                    try {
                        outcome.complete(work.run());
                    } catch (Throwable failure) {
                        outcome.complete(failure);
                    }
                })
                .start();
    }
}
