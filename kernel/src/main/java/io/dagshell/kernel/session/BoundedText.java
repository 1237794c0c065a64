package io.dagshell.kernel.session;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.StringJoiner;

/** What {@code toString} says, with arrays readable and the rest of long collections left out. Runs user code. */
final class BoundedText {
    private static final int ELEMENTS = 1_000;

    private BoundedText() {}

    static String of(Object value) {
        if (value.getClass().isArray()) {
            return array(value);
        }
        if (value instanceof Collection<?> elements && isLong(value, elements.size())) {
            return joined(elements.iterator(), "[", "]", elements.size());
        }
        if (value instanceof Map<?, ?> map && isLong(value, map.size())) {
            return joined(map.entrySet().iterator(), "{", "}", map.size());
        }
        return String.valueOf(value);
    }

    /** A collection of somebody else's may say itself otherwise. */
    private static boolean isLong(Object value, int size) {
        return size > ELEMENTS && value.getClass().getClassLoader() == null;
    }

    private static String array(Object array) {
        int length = Array.getLength(array);
        if (length <= ELEMENTS) {
            String wrapped = Arrays.deepToString(new Object[] {array});
            return wrapped.substring(1, wrapped.length() - 1);
        }
        StringJoiner parts = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < ELEMENTS; i++) {
            Object element = Array.get(array, i);
            parts.add(element == null ? "null" : of(element));
        }
        return parts.add(left(length)).toString();
    }

    private static String joined(Iterator<?> elements, String before, String after, int size) {
        StringJoiner parts = new StringJoiner(", ", before, after);
        for (int i = 0; i < ELEMENTS && elements.hasNext(); i++) {
            parts.add(String.valueOf(elements.next()));
        }
        return parts.add(left(size)).toString();
    }

    private static String left(int size) {
        return "… %,d more".formatted(size - ELEMENTS);
    }
}
