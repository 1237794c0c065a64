package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two writers corrupted an entry (joblib #490); a lock whose owner died hung everyone (Prefect #18600). */
@Timeout(60)
final class OneComputationTest {
    @TempDir
    Path folder;

    private final List<JavaProcess> processes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        processes.forEach(JavaProcess::close);
    }

    @Test
    void many_threads_that_want_one_key_compute_it_once() throws Exception {
        FileResultCache cache = open();
        AtomicInteger computations = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Object>> values = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            values.add(threads.submit(() -> {
                start.await();
                return SharedWork.valueOf(cache, computations::incrementAndGet);
            }));
        }
        start.countDown();

        for (Future<Object> value : values) {
            assertThat(value.get()).isEqualTo("value");
        }
        assertThat(computations).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void processes_that_want_one_key_compute_it_once(int count) throws Exception {
        Path log = folder.resolve("computations");
        List<JavaProcess> sharing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sharing.add(start("share", log));
        }
        for (JavaProcess each : sharing) {
            assertThat(each.line()).isEqualTo("ready");
        }
        for (JavaProcess each : sharing) {
            each.say("go");
        }

        for (JavaProcess each : sharing) {
            assertThat(each.line()).isEqualTo("value");
        }
        assertThat(Files.readAllLines(log)).hasSize(1);
    }

    @Test
    void when_the_holder_is_killed_the_other_goes_on() throws Exception {
        JavaProcess holder = start("hang", folder.resolve("computations"));
        assertThat(holder.line()).isEqualTo("ready");
        holder.say("go");
        assertThat(holder.line()).isEqualTo("computing");
        Future<Object> waiter = threads.submit(() -> SharedWork.valueOf(open(), () -> {}));
        Thread.sleep(100);
        assertThat(waiter).isNotDone();

        holder.close();

        assertThat(waiter.get(5, TimeUnit.SECONDS)).isEqualTo("value");
    }

    @Test
    void a_holder_that_fails_lets_the_next_compute() throws Exception {
        FileResultCache cache = open();
        ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) SharedWork.TASK.in(cache)).ticket();
        Future<Object> waiter = threads.submit(() -> SharedWork.valueOf(open(), () -> {}));

        ticket.close();

        assertThat(waiter.get(5, TimeUnit.SECONDS)).isEqualTo("value");
    }

    @Test
    void other_keys_are_not_held_up() {
        FileResultCache cache = open();
        ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) SharedWork.TASK.in(cache)).ticket();

        Asking.task("other").computed(cache, "x");

        ticket.close();
    }

    @Test
    void a_waiter_can_be_cancelled() {
        FileResultCache cache = open();
        ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) SharedWork.TASK.in(cache)).ticket();

        assertThatThrownBy(() -> cache.consult(SharedWork.TASK.question(), () -> true))
                .isInstanceOf(CancellationException.class);

        ticket.close();
    }

    @Test
    void an_interrupted_waiter_stops_and_the_holder_keeps_its_key() throws Exception {
        FileResultCache cache = open();
        ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) SharedWork.TASK.in(cache)).ticket();
        Future<Boolean> waiter = threads.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> SharedWork.TASK.in(cache)).isInstanceOf(CancellationException.class);
            return Thread.interrupted();
        });
        assertThat(waiter.get()).isTrue();

        JavaProcess other = start("share", folder.resolve("computations"));
        assertThat(other.line()).isEqualTo("ready");
        other.say("go");
        Thread.sleep(500);
        assertThat(folder.resolve("computations")).doesNotExist();

        ticket.close();
        assertThat(other.line()).isEqualTo("value");
    }

    private FileResultCache open() {
        return SharedWork.open(folder.resolve("results"));
    }

    private JavaProcess start(String mode, Path log) throws IOException {
        JavaProcess process = JavaProcess.start(
                SharedWork.class, mode, folder.resolve("results").toString(), log.toString());
        processes.add(process);
        return process;
    }
}
