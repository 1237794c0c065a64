package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that code can change (tables), by themselves or inside lists, maps, records and the like. */
public final class Changeable {
    private Changeable() {}

    /** Whether values of that declared type may hold one. */
    public static boolean holds(Type type, Codecs values) {
        Set<Type> seen = new HashSet<>();
        Deque<Type> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            Type next = open.pop();
            Optional<Codec> codec = seen.add(next) ? values.forType(next) : Optional.empty();
            if (codec.isPresent()) {
                if (codec.get().isChangeable()) {
                    return true;
                }
                codec.get().parts(next).forEach(open::push);
            }
        }
        return false;
    }

    /** The value with a copy in place of each that can be changed; the value itself if it has none, or no codec takes it. */
    public static @Nullable Object copy(@Nullable Object value, Type type, Codecs values) {
        if (value == null || !holds(type, values)) {
            return value;
        }
        try {
            return values.forType(type).orElseThrow().copy(value, type, values);
        } catch (UnsupportedValueException kept) {
            return value; // nothing is cached of it either
        }
    }

    /** What became of a {@link #copy}, in words that follow a name. */
    public static List<String> changes(@Nullable Object before, @Nullable Object copy, Type type, Codecs values) {
        if (before == null || copy == null || before == copy || !holds(type, values)) {
            return List.of();
        }
        return values.forType(type).orElseThrow().changes(before, copy, type, values);
    }

    /** The same of a part that has a name. */
    static List<String> changes(@Nullable Object before, @Nullable Object copy, Type type, Codecs values, String part) {
        return changes(before, copy, type, values).stream()
                .map(change -> change + " of " + part)
                .toList();
    }
}
