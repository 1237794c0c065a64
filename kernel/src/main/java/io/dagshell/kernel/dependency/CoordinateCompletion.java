package io.dagshell.kernel.dependency;

import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completes coordinates from what the local repository holds: any part of a name, then its versions, newest first. */
final class CoordinateCompletion {
    private static final Pattern LINE =
            Pattern.compile("^(?:[ \\t]*%maven[ \\t]|//DEPS[ \\t])(?:.*[\\s,])?([\\w.:-]+)$");
    private static final int SHOWN = 50;

    private CoordinateCompletion() {}

    static List<Suggestion> at(String text, int offset, Supplier<SortedMap<String, List<String>>> local) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        Matcher line = LINE.matcher(text.substring(lineStart, offset));
        if (!line.find() || line.group(1).startsWith("-")) {
            return List.of();
        }
        String typed = line.group(1);
        int start = offset - typed.length();
        int colon = typed.lastIndexOf(':');
        boolean version = colon > typed.indexOf(':');
        return version
                ? versions(typed, start, local.get().getOrDefault(typed.substring(0, colon), List.of()))
                : names(typed, start, local.get());
    }

    private static List<Suggestion> versions(String typed, int start, List<String> versions) {
        String name = typed.substring(0, typed.lastIndexOf(':') + 1);
        return versions.stream()
                .map(version -> name + version)
                .filter(coordinate -> coordinate.startsWith(typed))
                .map(coordinate -> new Suggestion(start, coordinate, "module", "in the local repository"))
                .toList();
    }

    /** Names that begin so come before those that hold it somewhere. */
    private static List<Suggestion> names(String typed, int start, SortedMap<String, List<String>> local) {
        List<Suggestion> first = new ArrayList<>();
        List<Suggestion> then = new ArrayList<>();
        for (Map.Entry<String, List<String>> library : local.entrySet()) {
            if (library.getKey().contains(typed)) {
                (library.getKey().startsWith(typed) ? first : then)
                        .add(new Suggestion(
                                start, library.getKey() + ":", "module", String.join(", ", library.getValue())));
            }
        }
        first.addAll(then);
        return first.subList(0, Math.min(SHOWN, first.size()));
    }
}
