package io.dagshell.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** How many tasks of a flow, or of the process, with a tag may run at once. Thread-safe. */
final class TagSlots {
    static final TagSlots NONE = new TagSlots(Map.of());

    private final Map<String, Semaphore> free = new TreeMap<>();

    TagSlots(Map<String, Integer> limits) {
        limits.forEach((tag, limit) -> free.put(tag, new Semaphore(limit, true)));
    }

    /** What a task with these tags needs a permit of, always in the same order. */
    List<Semaphore> of(SortedSet<String> tags) {
        if (free.isEmpty() || tags.isEmpty()) {
            return List.of();
        }
        return tags.stream().map(free::get).filter(Objects::nonNull).toList();
    }
}
