package io.dagshell.kernel.session;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values that read best as a table: maps, and sequences of records, of maps with names, and of arrays. Bounded in rows,
 * columns and width. Runs user code: accessors and {@code toString}.
 */
final class ValueTable {
    private static final int ROWS = 50;
    private static final int COLUMNS = 30;
    private static final int WIDTH = 200;

    private ValueTable() {}

    /** Elements of a sequence, as many as are looked at, and how many there are; negative if nobody knows. */
    record Sequence(List<?> elements, long size) {
        /** How many elements a table needs: one more tells that there is more. */
        static final int LIMIT = ROWS + 1;
    }

    /** One cell per column, made of an element. */
    private record Plan(List<String> names, Function<Object, List<?>> cells) {}

    static Optional<Grid> of(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entries.size() == ROWS) {
                break;
            }
            entries.add(entry);
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<?> values = entries.stream().map(Map.Entry::getValue).toList();
        Plan plan = records(values).orElse(new Plan(List.of("value"), Arrays::asList));
        List<List<?>> rows = new ArrayList<>();
        for (Map.Entry<?, ?> entry : entries) {
            List<Object> row = new ArrayList<>();
            row.add(entry.getKey());
            row.addAll(plan.cells().apply(entry.getValue()));
            rows.add(row);
        }
        List<String> names = new ArrayList<>(List.of("key"));
        names.addAll(plan.names());
        return Optional.of(grid(names, rows, map.size()));
    }

    static Optional<Grid> of(Sequence sequence) {
        List<?> shown = sequence.elements()
                .subList(0, Math.min(ROWS, sequence.elements().size()));
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        boolean more = sequence.elements().size() > ROWS;
        long size = more ? sequence.size() : shown.size();
        return records(shown)
                .or(() -> maps(shown))
                .or(() -> arrays(shown))
                .map(plan -> grid(
                        plan.names(),
                        shown.stream()
                                .map(plan.cells())
                                .<List<?>>map(row -> row)
                                .toList(),
                        size));
    }

    private static Optional<Plan> records(List<?> elements) {
        Object first = elements.get(0);
        if (!(first instanceof Record) || !all(elements, first.getClass()::isInstance)) {
            return Optional.empty();
        }
        List<RecordComponent> components = List.of(first.getClass().getRecordComponents());
        if (components.isEmpty()
                || !components.stream().allMatch(each -> each.getAccessor().trySetAccessible())) {
            return Optional.empty();
        }
        List<Method> accessors = components.stream()
                .map(RecordComponent::getAccessor)
                .limit(COLUMNS)
                .toList();
        // an accessor is looked up anew each time it is asked for, so it is opened here
        accessors.forEach(accessor -> accessor.setAccessible(true));
        return Optional.of(new Plan(
                components.stream().map(RecordComponent::getName).toList(),
                element -> accessors.stream().map(each -> call(each, element)).toList()));
    }

    private static @Nullable Object call(Method accessor, Object on) {
        try {
            return accessor.invoke(on);
        } catch (InvocationTargetException thrown) {
            return "threw " + thrown.getCause();
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("it was made accessible", impossible);
        }
    }

    private static Optional<Plan> maps(List<?> elements) {
        if (!all(elements, each -> each instanceof Map<?, ?> map && all(map.keySet(), String.class::isInstance))) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        elements.forEach(each -> ((Map<?, ?>) each).keySet().forEach(key -> names.add((String) key)));
        List<String> columns = List.copyOf(names);
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plan(
                        columns,
                        element -> columns.stream()
                                .limit(COLUMNS)
                                .map(name -> ((Map<?, ?>) element).containsKey(name)
                                        ? text(((Map<?, ?>) element).get(name))
                                        : "")
                                .toList()));
    }

    private static Optional<Plan> arrays(List<?> elements) {
        if (!all(elements, each -> each != null && each.getClass().isArray())) {
            return Optional.empty();
        }
        int width = elements.stream().mapToInt(Array::getLength).max().orElse(0);
        return width == 0
                ? Optional.empty()
                : Optional.of(new Plan(
                        IntStream.range(0, width).mapToObj(String::valueOf).toList(),
                        element -> IntStream.range(0, Math.min(width, COLUMNS))
                                .mapToObj(i -> i < Array.getLength(element) ? text(Array.get(element, i)) : "")
                                .toList()));
    }

    private static boolean all(Collection<?> elements, java.util.function.Predicate<@Nullable Object> test) {
        for (Object element : elements) {
            if (!test.test(element)) {
                return false;
            }
        }
        return true;
    }

    /** @param size of all rows; negative if nobody knows how many more there are */
    private static Grid grid(List<String> names, List<? extends List<?>> cells, long size) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().limit(COLUMNS).map(ValueTable::text).toList())
                .toList();
        List<Grid.Column> columns = new ArrayList<>();
        for (int i = 0; i < Math.min(COLUMNS, names.size()); i++) {
            int column = i;
            boolean number = rows.stream().allMatch(row -> isNumber(row.get(column)));
            columns.add(new Grid.Column(names.get(i), number));
        }
        List<String> notes = new ArrayList<>();
        if (size > rows.size()) {
            notes.add("%,d of %,d rows".formatted(rows.size(), size));
        } else if (size < 0) {
            notes.add("the first %,d rows".formatted(rows.size()));
        }
        if (names.size() > columns.size()) {
            notes.add("%,d of %,d columns".formatted(columns.size(), names.size()));
        }
        return new Grid(columns, rows, String.join(", ", notes));
    }

    private static boolean isNumber(String text) {
        return text.isEmpty() || text.matches("-?\\d[\\d_,]*(\\.\\d+)?([eE][-+]?\\d+)?|NaN|-?Infinity|null");
    }

    private static String text(@Nullable Object value) {
        String text = value == null ? "null" : Rendering.text(value);
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }
}
