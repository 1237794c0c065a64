package io.dagshell.kernel.session;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A value in one short line, in bounded time: it runs code of the JDK only, looks at a few elements of what is large,
 * and says of other objects what they are.
 */
final class ValueText {
    private static final int WIDTH = 200;
    private static final int ELEMENTS = 10;
    private static final int DEPTH = 3;

    private ValueText() {}

    static String of(@Nullable Object value) {
        return cut(text(value, 0), WIDTH);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width) + "…";
    }

    private static String text(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text && isOfJdk(value)) {
            CharSequence start = text.length() > WIDTH ? text.subSequence(0, WIDTH) + "…" : text;
            return '"' + start.toString().replace("\n", "\\n") + '"';
        }
        if (depth > DEPTH) {
            return "…";
        }
        if (value.getClass().isArray()) {
            return array(value, depth);
        }
        if (value instanceof Record && !isOfJdk(value)) {
            return components(value, depth);
        }
        if (value instanceof Collection<?> elements && isOfJdk(value)) {
            return kind(elements) + "(" + elements.size() + ") " + elements(elements.iterator(), depth);
        }
        if (value instanceof Map<?, ?> map && isOfJdk(value)) {
            return "Map(" + map.size() + ") " + entries(map, depth);
        }
        return isSimple(value) ? cut(value.toString(), WIDTH) : name(value);
    }

    private static boolean isOfJdk(Object value) {
        return value.getClass().getClassLoader() == null;
    }

    /** Values of the JDK whose text is short; an enum of the person's may have any toString, its name is safe. */
    private static boolean isSimple(Object value) {
        String type = value.getClass().getName();
        return value instanceof Number && isOfJdk(value)
                || value instanceof Boolean
                || value instanceof Character
                || isOfJdk(value)
                        && (type.startsWith("java.time.")
                                || type.startsWith("java.net.UR")
                                || type.startsWith("java.util.UUID")
                                || type.startsWith("sun.nio.fs."));
    }

    private static String name(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        String name = value.getClass().getSimpleName();
        return name.isEmpty() ? value.getClass().getName().replaceFirst("^.*[.$]", "") : name;
    }

    private static String kind(Collection<?> elements) {
        if (elements instanceof List) {
            return "List";
        }
        return elements instanceof Set ? "Set" : name(elements);
    }

    private static String array(Object array, int depth) {
        int length = Array.getLength(array);
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < Math.min(length, ELEMENTS); i++) {
            parts.add(text(Array.get(array, i), depth + 1));
        }
        if (length > ELEMENTS) {
            parts.add("…");
        }
        String type = array.getClass().getComponentType().getSimpleName();
        return type + "[" + length + "] " + parts;
    }

    private static String elements(Iterator<?> elements, int depth) {
        StringJoiner parts = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < ELEMENTS && elements.hasNext(); i++) {
            parts.add(text(elements.next(), depth + 1));
        }
        if (elements.hasNext()) {
            parts.add("…");
        }
        return parts.toString();
    }

    private static String entries(Map<?, ?> map, int depth) {
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        for (int i = 0; i < ELEMENTS && entries.hasNext(); i++) {
            Map.Entry<?, ?> entry = entries.next();
            parts.add(text(entry.getKey(), depth + 1) + "=" + text(entry.getValue(), depth + 1));
        }
        if (entries.hasNext()) {
            parts.add("…");
        }
        return parts.toString();
    }

    /** Fields as they are; an accessor may be the person's own code. */
    private static String components(Object record, int depth) {
        StringJoiner parts = new StringJoiner(", ", name(record) + "[", "]");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            parts.add(component.getName() + "=" + text(field(record, component), depth + 1));
        }
        return parts.toString();
    }

    private static @Nullable Object field(Object record, RecordComponent component) {
        try {
            var field = record.getClass().getDeclaredField(component.getName());
            field.setAccessible(true);
            return field.get(record);
        } catch (ReflectiveOperationException | RuntimeException hidden) {
            return null;
        }
    }
}
