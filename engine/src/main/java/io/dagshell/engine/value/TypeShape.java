package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A type and the declarations of all records, enums and sealed interfaces its values may hold, as text: part of a key,
 * so that a stored value is only ever decoded by declarations it was made with.
 */
public final class TypeShape {
    private TypeShape() {}

    /** Equal for equal declarations in every process. */
    public static String of(Type type, Codecs codecs) {
        TreeSet<String> declarations = new TreeSet<>();
        Deque<Type> open = new ArrayDeque<>();
        open.add(type);
        while (!open.isEmpty()) {
            Type each = Types.bound(open.remove());
            if (declarations.add(declaration(each))) {
                codecs.forType(each).ifPresent(codec -> open.addAll(codec.parts(each)));
            }
        }
        return TypeNames.canonical(type) + " of " + declarations;
    }

    private static String declaration(Type type) {
        Class<?> raw = Types.raw(type);
        String name = TypeNames.canonical(type);
        if (raw.isRecord()) {
            return name
                    + RecordShape.of(raw).components().stream()
                            .map(each -> each.name() + ":" + TypeNames.canonical(Types.in(type, each.type())))
                            .toList();
        }
        if (raw.isEnum()) {
            return name
                    + Arrays.stream(raw.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList();
        }
        if (raw.isSealed()) {
            return name
                    + Arrays.stream(raw.getPermittedSubclasses())
                            .map(TypeNames::canonical)
                            .sorted()
                            .collect(Collectors.toList());
        }
        return name;
    }
}
