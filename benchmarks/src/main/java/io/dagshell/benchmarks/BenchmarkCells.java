package io.dagshell.benchmarks;

import io.dagshell.engine.Dag;
import io.dagshell.engine.Work;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.lang.invoke.MethodHandles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A task, a cached task with fifty helpers, and a flow, and calls of them as cells compile to. */
final class BenchmarkCells implements Definitions {
    private static final int HELPERS = 50;

    private final Map<TaskName, TaskDefinition> definitions = Stream.of(
                    define("plus", Kind.TASK, policy -> policy),
                    define("cachedPlus", Kind.TASK, policy -> policy.withCache(Policy.CacheRule.always())),
                    define("flow", Kind.FLOW, policy -> policy))
            .collect(Collectors.toMap(TaskDefinition::name, definition -> definition));

    private static TaskDefinition define(String name, Kind kind, UnaryOperator<Policy> header) {
        List<CodeIdentity.CodePart> helpers = IntStream.range(0, HELPERS)
                .mapToObj(i -> new CodeIdentity.CodePart(
                        "helper", "helper" + i + "(int)", String.format("%064x", i * 7919L), OptionalInt.of(i)))
                .toList();
        return new TaskDefinition(
                new TaskName(name),
                kind,
                kind == Kind.FLOW ? List.of() : List.of(new Parameter("input", "int", Optional.empty())),
                "int",
                header.apply(Policy.defaults(name)),
                new CodeIdentity.Known(helpers),
                new TaskDefinition.Origin("benchmark.ipynb", 1, 2),
                List.of());
    }

    static int plus(int input) {
        return Dag.call(MethodHandles.lookup(), "plus", () -> input + 1, new Object[] {input});
    }

    static int cachedPlus(int input) {
        return Dag.call(MethodHandles.lookup(), "cachedPlus", () -> input + 1, new Object[] {input});
    }

    static int flow(Work<Integer> body) {
        return Dag.call(MethodHandles.lookup(), "flow", body, new Object[0]);
    }

    @Override
    public TaskDefinition at(Class<?> site, TaskName name) {
        return named(name).orElseThrow();
    }

    @Override
    public Optional<TaskDefinition> named(TaskName name) {
        return Optional.ofNullable(definitions.get(name));
    }

    @Override
    public Collection<TaskDefinition> all() {
        return List.copyOf(definitions.values());
    }
}
