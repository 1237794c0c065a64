package io.dagshell.runner;

import io.dagshell.engine.Call1;
import io.dagshell.engine.Flow;
import io.dagshell.engine.Task;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.run.EngineBuilder;
import java.nio.file.Path;
import java.util.Map;

/** A program of one flow with very many tasks, on record or in memory; tells what it took. */
final class ManyTasks {
    private static final Call1<Integer, Integer> ADD = Task.of(ManyTasks::add, header -> header.withVersion("1"));
    private static final Call1<Integer, Long> MANY = Flow.of(ManyTasks::many);
    private static final Call1<Integer, Integer> EMPTY = Flow.of(ManyTasks::empty);

    private ManyTasks() {}

    static int add(int n) {
        return n + 1;
    }

    static long many(int tasks) throws Exception {
        long sum = 0;
        for (int n = 0; n < tasks; n++) {
            sum += ADD.call(n);
        }
        return sum;
    }

    static int empty(int n) {
        return n;
    }

    /** The home folder, or {@code memory}; the number of tasks. */
    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("memory")) {
            run(Engine.builder(), tasks);
            return;
        }
        Path home = Path.of(arguments[0]);
        try (LocalState state = LocalState.open(new Home(home, home.resolve("cache")), BlockSource.none(), Map.of())) {
            run(Engine.builder().sink(state.records()).results(state.results()).cache(state.cache()), tasks);
        }
    }

    private static void run(EngineBuilder builder, int tasks) throws Exception {
        try (Engine engine = builder.build()) {
            engine.within(() -> MANY.call(Math.max(1, tasks / 10)));
            long start = System.nanoTime();
            long sum = engine.within(() -> MANY.call(tasks));
            double micros = (System.nanoTime() - start) / 1e3;
            System.out.printf("sum %d, %.1f us a task%n", sum, micros / tasks);
            start = System.nanoTime();
            for (int n = 0; n < 100; n++) {
                engine.within(() -> EMPTY.call(1));
            }
            System.out.printf("%.3f ms an empty flow%n", (System.nanoTime() - start) / 1e8);
        }
    }
}
