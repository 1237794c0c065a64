package io.dagshell.kernel.session;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Values of the session's variables, which JShell keeps in static fields of classes that change. JShell starts a moved
 * variable at null; here its value moves along where its type still allows. Guarded by the session's lock.
 */
final class Variables {
    private final SnippetLoader loader;
    private final LiveDeclarations live;

    Variables(SnippetLoader loader, LiveDeclarations live) {
        this.loader = loader;
        this.live = live;
    }

    /** The class that holds each variable now. */
    Map<String, String> classes() {
        Map<String, String> classes = new LinkedHashMap<>();
        for (Live declaration : live.all()) {
            if (declaration.snippet() instanceof VarSnippet variable) {
                classes.put(variable.name(), live.className(variable));
            }
        }
        return classes;
    }

    /**
     * Carries the values of variables that moved.
     *
     * @param declared names that are new and get their value by running
     * @return names of variables that lost their value, because their type changed
     */
    List<String> keep(Map<String, String> before, Set<String> declared) {
        List<String> lost = new ArrayList<>();
        for (String name : before.keySet()) {
            if (!declared.contains(name) && !keepOne(name, before)) {
                lost.add(name);
            }
        }
        return lost;
    }

    /** Whether the variable still has its value. */
    boolean keepOne(String name, Map<String, String> before) {
        String old = before.get(name);
        String now = classes().get(name);
        if (old == null || now == null || old.equals(now)) {
            return true;
        }
        Optional<Field> from = field(old, name);
        Optional<Field> to = field(now, name);
        return from.isPresent() && to.isPresent() && copy(from.get(), to.get());
    }

    private static boolean copy(Field from, Field to) {
        try {
            Object value = from.get(null);
            if (to.getType().isPrimitive() != from.getType().isPrimitive()) {
                return false;
            }
            to.set(null, value);
            return true;
        } catch (IllegalArgumentException otherType) {
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("variable " + from.getName(), e);
        }
    }

    /** The value a variable has in the class that holds it; null if it has none. Needs no lock. */
    @Nullable
    Object value(String className, String name) {
        return field(className, name).map(Variables::get).orElse(null);
    }

    /** Lets go of all values; JShell's classes stay loaded. */
    void clear() {
        classes().forEach((name, className) -> field(className, name).ifPresent(Variables::clear));
    }

    private static void clear(Field field) {
        try {
            if (!field.getType().isPrimitive()) {
                field.set(null, null);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("variable " + field.getName(), e);
        }
    }

    private static @Nullable Object get(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("variable " + field.getName(), e);
        }
    }

    private Optional<Field> field(String className, String name) {
        try {
            Field field = Class.forName(className, true, loader).getDeclaredField(name);
            field.setAccessible(true);
            return Optional.of(field);
        } catch (ClassNotFoundException | NoSuchFieldException notThere) {
            return Optional.empty();
        }
    }
}
