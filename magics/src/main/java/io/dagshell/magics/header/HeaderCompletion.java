package io.dagshell.magics.header;

import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Completes the header line: its first word, then options not given yet. */
public final class HeaderCompletion {
    private HeaderCompletion() {}

    /** Completions at {@code offset} of {@code cell}; empty if that is no place in a header. */
    public static List<Suggestion> at(String cell, int offset) {
        String before = cell.substring(0, Math.min(offset, cell.length()));
        int lineStart = before.lastIndexOf('\n') + 1;
        String line = before.substring(lineStart);
        if (!before.substring(0, lineStart).isBlank() || !line.stripLeading().startsWith("%%")) {
            return List.of();
        }
        int wordStart = line.length();
        while (wordStart > 0 && !Character.isWhitespace(line.charAt(wordStart - 1))) {
            wordStart--;
        }
        String typed = line.substring(wordStart);
        return typed.startsWith("%%") ? magics(typed, offset) : options(cell, before, typed, offset);
    }

    private static List<Suggestion> magics(String typed, int offset) {
        List<Suggestion> found = new ArrayList<>();
        for (CellKind kind : CellKind.values()) {
            if (kind.magic().startsWith(typed)) {
                found.add(new Suggestion(offset - typed.length(), kind.magic(), "magic", describe(kind)));
            }
        }
        return found;
    }

    private static String describe(CellKind kind) {
        return switch (kind) {
            case TASK -> "one method that is a unit of work";
            case FLOW -> "one method that calls tasks and flows";
            case PARAMS -> "typed parameters with defaults";
        };
    }

    private static List<Suggestion> options(String cell, String before, String typed, int offset) {
        HeaderLine line = HeaderLine.of(before).orElse(null);
        if (line == null || typed.contains("=")) {
            return List.of();
        }
        HeaderLine whole = HeaderLine.of(cell).orElse(line);
        Set<String> given = whole.words().stream()
                .map(HeaderLine.Word::name)
                .filter(name -> !name.equals(typed))
                .collect(Collectors.toSet());
        List<Suggestion> found = new ArrayList<>();
        for (HeaderOption option : HeaderOption.of(line.kind())) {
            if (option.word().startsWith(typed) && !given.contains(option.word())) {
                String text = option.mayStandAlone() ? option.word() : option.word() + "=";
                found.add(new Suggestion(
                        offset - typed.length(), text, "keyword", option.form() + ": " + option.meaning()));
            }
        }
        return found;
    }
}
