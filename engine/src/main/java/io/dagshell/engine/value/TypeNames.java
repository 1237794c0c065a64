package io.dagshell.engine.value;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of types for keys and for people. A type declared in a cell has the same name in the notebook, where JShell
 * holds it in {@code REPL.$JShell$12B}, and in a deployed flow, where {@code nb.Cell3} does.
 */
public final class TypeNames {
    private static final Pattern CELL = Pattern.compile("^(REPL\\.\\$JShell\\$\\w+|nb\\.Cell\\d+)\\$");

    private TypeNames() {}

    /** Fully qualified, with type arguments: {@code java.util.List<java.lang.Integer>}. */
    public static String canonical(Type type) {
        if (type instanceof ParameterizedType generic) {
            String arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> canonical(Types.bound(argument)))
                    .collect(Collectors.joining(","));
            return className(Types.raw(type)) + "<" + arguments + ">";
        }
        if (type instanceof GenericArrayType || (type instanceof Class<?> plain && plain.isArray())) {
            return canonical(Types.component(type)) + "[]";
        }
        return type instanceof Class<?> plain ? className(plain) : canonical(Types.bound(type));
    }

    /** As people write it: {@code List<Integer>}. */
    public static String shortName(Type type) {
        return canonical(type).replaceAll("(\\w+\\.)+", "").replace('$', '.').replace(",", ", ");
    }

    private static String className(Class<?> plain) {
        return CELL.matcher(plain.getName()).replaceFirst("");
    }
}
