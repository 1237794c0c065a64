package io.dagshell.engine.run;

import io.dagshell.engine.Dag;
import io.dagshell.engine.Work;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Definitions for tests, and calls as cells compile to: {@code call("fetch", () -> .., arguments)}. */
final class Cells implements Definitions {
    private final Map<TaskName, TaskDefinition> definitions = new LinkedHashMap<>();

    Cells task(String name) {
        return task(name, policy -> policy);
    }

    Cells task(String name, UnaryOperator<Policy> header) {
        return define(name, Kind.TASK, header);
    }

    Cells flow(String name) {
        return flow(name, policy -> policy);
    }

    Cells flow(String name, UnaryOperator<Policy> header) {
        return define(name, Kind.FLOW, header);
    }

    private Cells define(String name, Kind kind, UnaryOperator<Policy> header) {
        definitions.put(
                new TaskName(name),
                new TaskDefinition(
                        new TaskName(name),
                        kind,
                        List.of(new Parameter("input", "int", Optional.empty())),
                        "int",
                        header.apply(Policy.defaults(name)),
                        new CodeIdentity.Known(List.of()),
                        new TaskDefinition.Origin("etl.ipynb", 1, 2),
                        List.of()));
        return this;
    }

    /** Gives a task another code. */
    Cells code(String name, CodeIdentity code) {
        TaskDefinition before = named(new TaskName(name)).orElseThrow();
        definitions.put(
                before.name(),
                new TaskDefinition(
                        before.name(),
                        before.kind(),
                        before.parameters(),
                        before.returnType(),
                        before.policy(),
                        code,
                        before.origin(),
                        before.blocks()));
        return this;
    }

    /** What the wrapper of a cell does. */
    static <R> R call(String name, Work<R> body, Object... arguments) {
        return Dag.call(MethodHandles.lookup(), name, body, arguments);
    }

    /** The method behind the task {@code twice}, for its types. */
    static int twice(int input) {
        return 2 * input;
    }

    static UnaryOperator<Policy> retries(int retries, Duration delay) {
        return policy -> policy.withRetry(RetryRule.of(retries, delay));
    }

    static UnaryOperator<Policy> cached() {
        return policy -> policy.withCache(Policy.CacheRule.always());
    }

    static UnaryOperator<Policy> timeout(Duration limit) {
        return policy -> policy.withTimeout(limit);
    }

    static UnaryOperator<Policy> concurrency(int limit) {
        return policy -> policy.withConcurrency(limit);
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
