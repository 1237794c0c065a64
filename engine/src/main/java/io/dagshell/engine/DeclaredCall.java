package io.dagshell.engine;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The method behind a method reference, as a task or flow. A reference that is serializable tells its method; nothing is
 * ever serialized.
 */
record DeclaredCall(Class<?> site, TaskDefinition definition) {

    static DeclaredCall of(Serializable reference, Kind kind, UnaryOperator<Policy> header) {
        Method method = method(reference);
        Policy policy = header.apply(Policy.defaults(method.getName()));
        boolean returnsNothing = method.getReturnType() == void.class;
        return new DeclaredCall(
                method.getDeclaringClass(),
                new TaskDefinition(
                        new TaskName(method.getName()),
                        kind,
                        parameters(method),
                        method.getGenericReturnType().getTypeName(),
                        returnsNothing && kind == Kind.TASK ? policy.withEffect(true) : policy,
                        code(method, policy),
                        new TaskDefinition.Origin("", 0, 0),
                        List.of()));
    }

    private static List<Parameter> parameters(Method method) {
        return Arrays.stream(method.getParameters())
                .map(each -> new Parameter(
                        each.getName(), each.getParameterizedType().getTypeName(), Optional.empty()))
                .toList();
    }

    /** The version itself is a part of every key. */
    private static CodeIdentity code(Method method, Policy policy) {
        if (policy.version().isEmpty()) {
            return new CodeIdentity.Unknown("a task of a Java program needs a version for that");
        }
        String name = method.toGenericString();
        String digest = Sha256Sink.create(Sources.local()).text(name).finish().hex();
        return new CodeIdentity.Known(List.of(new CodeIdentity.CodePart("task", name, digest, OptionalInt.empty())));
    }

    private static Method method(Serializable reference) {
        try {
            Method replace = reference.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            SerializedLambda lambda = (SerializedLambda) replace.invoke(reference);
            Class<?> holder = Class.forName(
                    lambda.getImplClass().replace('/', '.'),
                    false,
                    reference.getClass().getClassLoader());
            List<Method> named = Arrays.stream(holder.getDeclaredMethods())
                    .filter(each -> each.getName().equals(lambda.getImplMethodName()) && !each.isSynthetic())
                    .toList();
            if (named.size() != 1 || !Modifier.isStatic(named.get(0).getModifiers())) {
                throw new IllegalArgumentException(
                        "a task or flow is made of a reference to a static method that is not"
                                + " overloaded, such as Taxi::fetch");
            }
            return named.get(0);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalArgumentException("not a method reference: " + reference, failure);
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <R> R run(Work.Each<@Nullable Object[], R> body, @Nullable Object... arguments) {
        return Engine.ambient().call(site, definition, () -> body.run(arguments), arguments);
    }
}
