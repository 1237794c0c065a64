package io.dagshell.example;

import io.dagshell.engine.Call1;
import io.dagshell.engine.Call2;
import io.dagshell.engine.Dag;
import io.dagshell.engine.Flow;
import io.dagshell.engine.Task;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.run.Engine;
import java.time.Duration;
import java.util.List;

/** A plain Java program of tasks and a flow. */
final class TripsProgram {
    static final Call1<Integer, List<String>> FETCH =
            Task.of(TripsProgram::fetch, header -> header.withRetry(RetryRule.of(3, Duration.ofMillis(10))));
    static final Call2<List<String>, String, Integer> LOAD =
            Task.of(TripsProgram::load, header -> header.withEffect(true));
    static final Call1<List<Integer>, Integer> ETL = Flow.of(TripsProgram::etl, header -> header.withConcurrency(2));

    private TripsProgram() {}

    static List<String> fetch(int month) {
        return List.of("trip " + month + ".1", "trip " + month + ".2");
    }

    static int load(List<String> trips, String table) {
        System.out.println(table + " <- " + trips);
        return trips.size();
    }

    static int etl(List<Integer> months) {
        return Dag.map(months, month -> LOAD.call(FETCH.call(month), "trips")).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Runs January to March. */
    public static void main(String[] arguments) throws Exception {
        try (Engine engine = Engine.builder().build()) {
            System.out.println(engine.within(() -> ETL.call(List.of(1, 2, 3))) + " trips");
        }
    }
}
