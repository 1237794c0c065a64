package io.dagshell.kernel.session;

import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

/**
 * How a value shows itself: the way the person said, an extension's, a picture, a table, or readable text. Runs user code
 * ({@code toString}, renderers). Renderers are guarded by themselves.
 */
final class Rendering {
    private final List<KernelExtension> extensions;
    private final Map<Class<?>, Function<Object, ?>> renderers = new LinkedHashMap<>();

    Rendering(List<KernelExtension> extensions) {
        this.extensions = extensions;
    }

    /** From now on values of the type, and of its subtypes that have none of their own, are shown this way. */
    void register(Class<?> type, Function<Object, ?> renderer) {
        synchronized (renderers) {
            renderers.put(type, renderer);
        }
    }

    /** Forgets what the person registered. */
    void reset() {
        synchronized (renderers) {
            renderers.clear();
        }
    }

    Map<String, String> render(Object value) {
        if (value instanceof Rendered rendered) {
            return rendered.content();
        }
        Optional<Function<Object, ?>> registered = registered(value);
        if (registered.isPresent()) {
            Object shown = registered.get().apply(value);
            return shown == null || shown == value ? ofText(value) : render(shown);
        }
        for (KernelExtension extension : extensions) {
            Optional<Map<String, String>> bundle = extension.render(value);
            if (bundle.isPresent()) {
                return bundle.get();
            }
        }
        return value instanceof RenderedImage image ? Pictures.of(image).content() : structured(value);
    }

    /** Of several that fit, the one of the most special type. */
    private Optional<Function<Object, ?>> registered(Object value) {
        synchronized (renderers) {
            return renderers.entrySet().stream()
                    .filter(each -> each.getKey().isInstance(value))
                    .reduce((best, each) -> best.getKey().isAssignableFrom(each.getKey()) ? each : best)
                    .map(Map.Entry::getValue);
        }
    }

    private static Map<String, String> structured(Object value) {
        if (value instanceof BaseStream<?, ?> stream) {
            return stream(stream.iterator());
        }
        if (value instanceof Map<?, ?> map) {
            return ValueTable.of(map)
                    .map(grid -> map.values().stream().limit(1).allMatch(Record.class::isInstance)
                            ? grid.bundle()
                            : Map.of("text/plain", text(map), "text/html", grid.html()))
                    .orElseGet(() -> ofText(map));
        }
        Optional<ValueTable.Sequence> sequence = sequence(value);
        return sequence.flatMap(ValueTable::of).map(Grid::bundle).orElseGet(() -> ofText(value));
    }

    private static Optional<ValueTable.Sequence> sequence(Object value) {
        if (value instanceof Collection<?> elements) {
            return Optional.of(new ValueTable.Sequence(first(elements.iterator()), elements.size()));
        }
        if (value instanceof Object[] elements) {
            List<?> all = java.util.Arrays.asList(elements);
            return Optional.of(new ValueTable.Sequence(
                    all.subList(0, Math.min(all.size(), ValueTable.Sequence.LIMIT)), all.size()));
        }
        return Optional.empty();
    }

    private static List<?> first(Iterator<?> elements) {
        List<Object> first = new ArrayList<>();
        while (first.size() < ValueTable.Sequence.LIMIT && elements.hasNext()) {
            first.add(elements.next());
        }
        return first;
    }

    /** A stream may have no end, and can be read once: what was shown is gone from it. */
    private static Map<String, String> stream(Iterator<?> elements) {
        List<?> first = first(elements);
        return ValueTable.of(new ValueTable.Sequence(first, -1))
                .map(Grid::bundle)
                .orElseGet(() -> Map.of(
                        "text/plain",
                        first.stream()
                                .limit(ValueTable.Sequence.LIMIT - 1)
                                .map(each -> each == null ? "null" : text(each))
                                .collect(Collectors.joining(
                                        ", ", "[", first.size() < ValueTable.Sequence.LIMIT ? "]" : ", …]"))));
    }

    private static Map<String, String> ofText(Object value) {
        return Map.of("text/plain", text(value));
    }

    static String text(Object value) {
        return String.valueOf(BoundedText.of(value));
    }
}
