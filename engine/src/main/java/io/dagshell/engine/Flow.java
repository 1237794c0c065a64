package io.dagshell.engine;

import static io.dagshell.engine.run.Arguments.at;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import java.util.function.UnaryOperator;

/** Flows of a plain Java program or test: methods that call tasks and other flows; see {@link Task}. */
public final class Flow {
    private Flow() {}

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
        DeclaredCall call = DeclaredCall.of(method, Kind.FLOW, header);
        return () -> call.run(given -> method.call());
    }

    public static <A, R> Call1<A, R> of(Call1<A, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.FLOW, header);
        return a -> call.run(given -> method.call(at(given, 0)), a);
    }

    public static <A, B, R> Call2<A, B, R> of(Call2<A, B, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.FLOW, header);
        return (a, b) -> call.run(given -> method.call(at(given, 0), at(given, 1)), a, b);
    }

    public static <A, B, C, R> Call3<A, B, C, R> of(Call3<A, B, C, R> method, UnaryOperator<Policy> header) {
        DeclaredCall call = DeclaredCall.of(method, Kind.FLOW, header);
        return (a, b, c) -> call.run(given -> method.call(at(given, 0), at(given, 1), at(given, 2)), a, b, c);
    }
}
