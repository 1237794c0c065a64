package io.dagshell.magics.closure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The declarations that are live after cells ran, the last of each name. Immutable. */
public record LiveCells(List<Declared> declarations) {
    public LiveCells {
        declarations = List.copyOf(declarations);
    }

    public static LiveCells none() {
        return new LiveCells(List.of());
    }

    /** These declarations and then those of another cell. A task replaces every method of its name. */
    public LiveCells with(List<Declared> cell) {
        Map<String, Declared> live = new LinkedHashMap<>();
        for (Declared each : declarations) {
            live.put(each.identity(), each);
        }
        for (Declared each : cell) {
            if (each.headed().isPresent()) {
                live.values()
                        .removeIf(other -> other.member().method().isPresent()
                                && !other.identity().equals(each.identity())
                                && other.member().name().equals(each.member().name()));
            }
            live.values().removeIf(each::takesNameFrom);
            Declared before = live.remove(each.identity());
            live.put(each.identity(), before == null ? each : each.after(before));
        }
        return new LiveCells(new ArrayList<>(live.values()));
    }
}
