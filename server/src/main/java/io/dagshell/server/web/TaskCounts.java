package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many tasks of a run are in which state, for a line of a list. */
public record TaskCounts(int total, List<Part> parts) {
    public TaskCounts {
        parts = List.copyOf(parts);
    }

    /**
     * Tasks that stand together.
     *
     * @param share of all, as a width
     */
    public record Part(String word, String slug, int count, String share) {}

    static TaskCounts of(Map<State, Integer> states) {
        int total = states.values().stream().mapToInt(Integer::intValue).sum();
        List<Part> parts = new ArrayList<>();
        new TreeMap<>(states)
                .forEach((state, count) -> parts.add(new Part(
                        Shown.word(state).toLowerCase(java.util.Locale.ROOT),
                        Shown.slug(state),
                        count,
                        Shown.percent((double) count / total))));
        return new TaskCounts(total, parts);
    }

    /** {@code 3 completed, 1 failed}. */
    public String words() {
        return String.join(
                ", ",
                parts.stream()
                        .map(part -> Shown.count(part.count()) + " " + part.word())
                        .toList());
    }
}
