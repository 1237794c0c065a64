package io.dagshell.engine.cache;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call to ask a cache for, varied part by part. */
record Asking(
        String task,
        CodeIdentity code,
        Optional<Policy.CacheRule> cache,
        boolean effect,
        Optional<String> version,
        List<Argument> arguments,
        Type returns,
        boolean refresh,
        List<String> blocks) {

    record Argument(String name, Type type, @Nullable Object value) {}

    static Asking task(String name) {
        return new Asking(
                name,
                new CodeIdentity.Known(List.of(part("task", name, "1"))),
                Optional.of(new Policy.CacheRule(Optional.empty())),
                false,
                Optional.empty(),
                List.of(),
                String.class,
                false,
                List.of());
    }

    static CodeIdentity.CodePart part(String kind, String name, String content) {
        return new CodeIdentity.CodePart(
                kind, name, ShownPart.of(kind, name, content).digest(), OptionalInt.of(1));
    }

    Asking code(CodeIdentity.CodePart... parts) {
        return with(new CodeIdentity.Known(List.of(parts)));
    }

    Asking with(CodeIdentity other) {
        return new Asking(task, other, cache, effect, version, arguments, returns, refresh, blocks);
    }

    Asking maxAge(Duration age) {
        return cache(Optional.of(new Policy.CacheRule(Optional.of(age))));
    }

    Asking cache(Optional<Policy.CacheRule> rule) {
        return new Asking(task, code, rule, effect, version, arguments, returns, refresh, blocks);
    }

    Asking withEffect() {
        return new Asking(task, code, Optional.empty(), true, version, arguments, returns, refresh, blocks);
    }

    Asking version(String salt) {
        return new Asking(task, code, cache, effect, Optional.of(salt), arguments, returns, refresh, blocks);
    }

    Asking argument(String name, Type type, @Nullable Object value) {
        List<Argument> more = new ArrayList<>(arguments);
        more.removeIf(each -> each.name().equals(name));
        more.add(new Argument(name, type, value));
        return new Asking(task, code, cache, effect, version, more, returns, refresh, blocks);
    }

    Asking returning(Type type) {
        return new Asking(task, code, cache, effect, version, arguments, type, refresh, blocks);
    }

    Asking using(String... names) {
        return new Asking(task, code, cache, effect, version, arguments, returns, refresh, List.of(names));
    }

    Asking refreshed() {
        return new Asking(task, code, cache, effect, version, arguments, returns, true, blocks);
    }

    ResultCache.Question question() {
        Policy policy = new Policy(
                task,
                RetryRule.none(),
                cache,
                effect,
                Optional.empty(),
                new TreeSet<>(),
                OptionalInt.empty(),
                new TreeMap<>(),
                version);
        TaskDefinition definition = new TaskDefinition(
                new TaskName(task),
                Kind.TASK,
                arguments.stream()
                        .map(each -> new Parameter(each.name(), each.type().getTypeName(), Optional.empty()))
                        .toList(),
                returns.getTypeName(),
                policy,
                code,
                new TaskDefinition.Origin("etl.ipynb", 1, 1),
                blocks);
        return new ResultCache.Question(
                definition,
                arguments.stream().map(Argument::type).toList(),
                arguments.stream().map(Argument::value).toArray(),
                returns,
                refresh);
    }

    /** What the cache answers. */
    ResultCache.Answer in(ResultCache cache) {
        return cache.consult(question(), () -> false);
    }

    /** Must be a miss: stores the value and answers the reason. */
    String computed(ResultCache cache, @Nullable Object value) {
        ResultCache.Answer answer = in(cache);
        if (!(answer instanceof ResultCache.Answer.Compute compute)) {
            throw new AssertionError("expected a miss, got " + answer);
        }
        try (ResultCache.Ticket ticket = compute.ticket()) {
            Optional<String> trouble = ticket.store(value, Duration.ofMillis(7), List.of());
            if (trouble.isPresent()) {
                throw new AssertionError("not stored: " + trouble.get());
            }
        }
        return compute.reason();
    }

    /** Must be a hit. */
    ResultCache.Answer.Hit hit(ResultCache cache) {
        ResultCache.Answer answer = in(cache);
        if (answer instanceof ResultCache.Answer.Hit hit) {
            return hit;
        }
        throw new AssertionError("expected a hit, got " + answer);
    }

    /** Must be refused: the reason. */
    String refused(ResultCache cache) {
        ResultCache.Answer answer = in(cache);
        if (answer instanceof ResultCache.Answer.NotCached not) {
            return not.reason();
        }
        throw new AssertionError("expected no caching, got " + answer);
    }
}
