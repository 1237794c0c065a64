package io.dagshell.magics.closure;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A call in a cached task of a clock, a random source or the process's environment. What it gives cannot be in a key, so the
 * person is told.
 *
 * @param call as people write it, {@code Instant.now()}
 * @param cell where it stands, from 1
 * @param line in that cell, from 1
 */
public record Unrepeatable(String call, int cell, int line) {
    private static final Map<String, Set<String>> METHODS = Map.ofEntries(
            Map.entry(
                    "java.lang.System",
                    Set.of(
                            "currentTimeMillis",
                            "nanoTime",
                            "getenv",
                            "getProperty",
                            "getProperties",
                            "identityHashCode")),
            Map.entry("java.lang.Integer", Set.of("getInteger")),
            Map.entry("java.lang.Long", Set.of("getLong")),
            Map.entry("java.lang.Boolean", Set.of("getBoolean")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.StrictMath", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
            Map.entry("java.security.SecureRandom", Set.of("getInstance", "getInstanceStrong")),
            Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")),
            Map.entry("java.util.Calendar", Set.of("getInstance")),
            Map.entry(
                    "java.time.Clock",
                    Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds", "tickMinutes")));

    /** Made without a seed. */
    private static final Set<String> SEEDLESS = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.security.SecureRandom");

    /** The call in words, if what it calls is one of these. */
    static Optional<String> named(Element called) {
        if (!(called instanceof ExecutableElement method)
                || !(called.getEnclosingElement() instanceof TypeElement owner)) {
            return Optional.empty();
        }
        String type = owner.getQualifiedName().toString();
        String name = owner.getSimpleName().toString();
        if (called.getKind() == ElementKind.CONSTRUCTOR) {
            boolean seedless = SEEDLESS.contains(type) && method.getParameters().isEmpty();
            return seedless ? Optional.of("new " + name + "()") : Optional.empty();
        }
        String simple = method.getSimpleName().toString();
        boolean known = METHODS.getOrDefault(type, Set.of()).contains(simple)
                || (type.startsWith("java.time.") && simple.equals("now") && !isGivenAClock(method))
                || (type.equals("java.util.Collections")
                        && simple.equals("shuffle")
                        && method.getParameters().size() == 1);
        return known ? Optional.of(name + "." + simple + "()") : Optional.empty();
    }

    private static boolean isGivenAClock(ExecutableElement method) {
        return method.getParameters().stream()
                .anyMatch(each -> each.asType().toString().equals("java.time.Clock"));
    }

    /** A warning for the person who declares a cached task. */
    public String inWords(String task) {
        return task + " is cached, but what " + call + " in cell " + cell + ", line " + line
                + " gives is not in its key: make it a parameter, or leave out cache";
    }
}
