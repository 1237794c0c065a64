package io.dagshell.engine.parameter;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a person chooses from, where a parameter is an enum. Stateless. */
public final class EnumConstants {
    private EnumConstants() {}

    /**
     * The constants of a type that is an enum, or a list, set, array or Optional of one, in the order they are declared;
     * else empty. Reads the class and runs nothing of it.
     */
    public static List<String> of(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? of(plain.getComponentType()) : declared(plain);
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType());
        }
        boolean holds = type instanceof ParameterizedType generic
                && generic.getActualTypeArguments().length == 1
                && generic.getRawType() instanceof Class<?> raw
                && (Iterable.class.isAssignableFrom(raw) || raw == Optional.class);
        return holds ? of(((ParameterizedType) type).getActualTypeArguments()[0]) : List.of();
    }

    private static List<String> declared(Class<?> plain) {
        if (!plain.isEnum()) {
            return List.of();
        }
        return Arrays.stream(plain.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .map(Field::getName)
                .toList();
    }
}
