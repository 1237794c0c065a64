package io.dagshell.benchmarks;

import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine itself costs: calls of a task that does nothing, flows that are empty, hits of a small value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineBenchmark {
    private static final int CALLS = 1_000;

    private @Nullable Path folder;
    private @Nullable RunStore records;
    private @Nullable Engine inMemory;
    private @Nullable Engine recorded;
    private @Nullable Engine caching;

    /** Opens the three engines; the cache holds what {@link #cacheHit} asks for. */
    @Setup
    public void open() throws Exception {
        folder = Files.createTempDirectory("dagshell-benchmark");
        records = RunStore.open(folder.resolve("dagshell.db"));
        inMemory = Engine.builder().definitions(new BenchmarkCells()).build();
        recorded =
                Engine.builder().definitions(new BenchmarkCells()).sink(records).build();
        caching = Engine.builder()
                .definitions(new BenchmarkCells())
                .cache(FileResultCache.open(folder.resolve("results"), StandardCodecs.with(), Clock.systemUTC()))
                .build();
        cacheHit();
    }

    /** Removes everything. */
    @TearDown
    public void close() throws IOException {
        if (records != null) {
            records.close();
        }
        if (folder != null) {
            Folders.delete(folder);
        }
    }

    /** A flow of a thousand calls, without cache, nothing recorded. */
    @Benchmark
    public int thousandTaskCalls() throws Exception {
        return open(inMemory).within(() -> BenchmarkCells.flow(EngineBenchmark::calls));
    }

    /** The same with its history on disk when the flow ends. */
    @Benchmark
    public int thousandTaskCallsRecorded() throws Exception {
        int sum = open(recorded).within(() -> BenchmarkCells.flow(EngineBenchmark::calls));
        if (records != null) {
            records.flush();
        }
        return sum;
    }

    private static int calls() {
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += BenchmarkCells.plus(i);
        }
        return sum;
    }

    /** A flow that does nothing. */
    @Benchmark
    public int emptyFlow() throws Exception {
        return open(inMemory).within(() -> BenchmarkCells.flow(() -> 1));
    }

    /** A task with fifty helpers, unchanged: the key is made, the entry found, verified and decoded. */
    @Benchmark
    public int cacheHit() throws Exception {
        return open(caching).within(() -> BenchmarkCells.cachedPlus(41));
    }

    private static Engine open(@Nullable Engine engine) {
        if (engine == null) {
            throw new IllegalStateException("not set up");
        }
        return engine;
    }
}
