package io.dagshell.engine.value;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declared types: their class, their arguments, and a part's type as seen from the type that holds it. */
final class Types {
    private Types() {}

    /** A type with arguments, as {@code java.lang.reflect} has no way to make one. */
    record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return raw(bound(type));
    }

    /** What is known of a wildcard or a variable nobody bound: its upper bound. */
    static Type bound(Type type) {
        if (type instanceof WildcardType wildcard) {
            return bound(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        }
        return type;
    }

    /** The {@code index}th type argument; {@code Object} for a raw type. */
    static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic
                ? bound(generic.getActualTypeArguments()[index])
                : Object.class;
    }

    static boolean isEnum(Type type) {
        return type instanceof Class<?> plain && plain.isEnum();
    }

    static Type component(Type array) {
        return array instanceof GenericArrayType generic
                ? bound(generic.getGenericComponentType())
                : raw(array).getComponentType();
    }

    /** {@code part}, written in the declaration of {@code holder}'s class, with the arguments {@code holder} has. */
    static Type in(Type holder, Type part) {
        if (part instanceof Class<?>) {
            return part;
        }
        return bind(part, bindings(holder));
    }

    /** {@code subclass} with the arguments it needs to be a {@code parent}; unknown ones by their bound. */
    static Type subtype(Class<?> subclass, Type parent) {
        TypeVariable<?>[] variables = subclass.getTypeParameters();
        if (variables.length == 0) {
            return subclass;
        }
        Map<String, Type> known = new HashMap<>();
        for (Type declared : subclass.getGenericInterfaces()) {
            if (raw(declared) == raw(parent) && declared instanceof ParameterizedType generic) {
                learn(generic, parent, known);
            }
        }
        List<Type> arguments = new ArrayList<>();
        for (TypeVariable<?> variable : variables) {
            arguments.add(known.getOrDefault(variable.getName(), bound(variable)));
        }
        return new Parameterized(subclass, arguments);
    }

    private static void learn(ParameterizedType declared, Type parent, Map<String, Type> known) {
        Type[] written = declared.getActualTypeArguments();
        for (int i = 0; i < written.length; i++) {
            if (written[i] instanceof TypeVariable<?> variable) {
                known.put(variable.getName(), argument(parent, i));
            }
        }
    }

    private static Map<String, Type> bindings(Type holder) {
        if (!(holder instanceof ParameterizedType generic)) {
            return Map.of();
        }
        Map<String, Type> bindings = new HashMap<>();
        TypeVariable<?>[] variables = raw(holder).getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bindings.put(variables[i].getName(), bound(generic.getActualTypeArguments()[i]));
        }
        return bindings;
    }

    private static Type bind(Type part, Map<String, Type> bindings) {
        if (part instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable.getName(), bound(variable));
        }
        if (part instanceof WildcardType wildcard) {
            return bind(wildcard.getUpperBounds()[0], bindings);
        }
        if (part instanceof GenericArrayType array) {
            return new ArrayOf(bind(array.getGenericComponentType(), bindings));
        }
        if (part instanceof ParameterizedType generic) {
            List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> bind(argument, bindings))
                    .toList();
            return new Parameterized(raw(part), arguments);
        }
        return part;
    }

    /** An array of a type with arguments. */
    record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }
    }
}
