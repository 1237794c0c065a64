package io.dagshell.magics.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Texts that were parsed, each once. Starting the compiler costs more than parsing all cells of a notebook, so whoever
 * knows what will be asked has it parsed {@linkplain #ahead together}. For one cell or notebook; not thread-safe.
 */
public final class Parses {
    private final Map<String, ParsedClass> known = new HashMap<>();

    /** The tree of {@code text}, a compilation unit with one class. */
    public ParsedClass of(String text) {
        ahead(List.of(text));
        return Objects.requireNonNull(known.get(text));
    }

    /** Parses the cells' likely pieces together. */
    public void cells(List<String> java) {
        List<String> texts = new ArrayList<>();
        java.forEach(cell -> texts.addAll(Members.likely(cell)));
        ahead(texts);
    }

    private void ahead(List<String> texts) {
        Set<String> unknown = new LinkedHashSet<>(texts);
        unknown.removeAll(known.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        List<String> fresh = List.copyOf(unknown);
        List<ParsedClass> parsed = ParsedClass.all(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            known.put(fresh.get(i), parsed.get(i));
        }
    }
}
