package io.dagshell.engine;

import static io.dagshell.engine.run.Arguments.at;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import java.util.function.UnaryOperator;

/**
 * Tasks of a plain Java program or test, without a notebook: a method reference that becomes a task is called as before,
 * and runs with retries, results and a record where an engine is bound.
 *
 * <pre>{@code
 * static final Call1<URI, Table> FETCH = Task.of(Taxi::fetch, header -> header.withRetry(RetryRule.of(3, TEN_SECONDS)));
 * static final Call2<Table, String, Long> LOAD = Task.of(Taxi::load, header -> header.withEffect(true));
 * static final Call1<Integer, Long> ETL = Flow.of(Taxi::etl);   // calls FETCH.call(…) and LOAD.call(…)
 *
 * try (Engine engine = Engine.builder().build()) {
 *     long rows = engine.within(() -> ETL.call(2021));
 * }
 * }</pre>
 *
 * <p>A task is cached, or not repeated in a resumed run, only if its header has a version: nothing else tells which code
 * a plain method reaches.
 */
public final class Task {
    private Task() {}

    public static <R> Call0<R> of(Call0<R> method) {
        return of(method, header -> header);
    }

    public static <A, R> Call1<A, R> of(Call1<A, R> method) {
        return of(method, header -> header);
    }

    public static <A, B, R> Call2<A, B, R> of(Call2<A, B, R> method) {
        return of(method, header -> header);
    }

    public static <A, B, C, R> Call3<A, B, C, R> of(Call3<A, B, C, R> method) {
        return of(method, header -> header);
    }

    public static <R> Call0<R> of(Call0<R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.TASK, header);
        return () -> call.run(given -> method.call());
    }

    public static <A, R> Call1<A, R> of(Call1<A, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.TASK, header);
        return a -> call.run(given -> method.call(at(given, 0)), a);
    }

    public static <A, B, R> Call2<A, B, R> of(Call2<A, B, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.TASK, header);
        return (a, b) -> call.run(given -> method.call(at(given, 0), at(given, 1)), a, b);
    }

    public static <A, B, C, R> Call3<A, B, C, R> of(Call3<A, B, C, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.TASK, header);
        return (a, b, c) -> call.run(given -> method.call(at(given, 0), at(given, 1), at(given, 2)), a, b, c);
    }
}
