package io.dagshell.magics.header;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the words of a header mean. */
public final class HeaderHelp {
    private HeaderHelp() {}

    /** Help for the three cell magics, as typed. */
    public static Map<String, String> magics() {
        return Map.of(
                CellKind.TASK.magic(),
                        magic(
                                CellKind.TASK,
                                "One method that is a unit of work: retried, cached, timed as the header says."),
                CellKind.FLOW.magic(),
                        magic(CellKind.FLOW, "One method that calls tasks and flows; its graph is shown."),
                CellKind.PARAMS.magic(),
                        "%%params\n\nTyped parameters with defaults, which a run may give other values.");
    }

    private static String magic(CellKind kind, String what) {
        return kind.magic() + " [option…]\n\n" + what + "\n\n"
                + HeaderOption.of(kind).stream()
                        .map(option -> option.form() + ": " + option.meaning())
                        .collect(Collectors.joining("\n"));
    }

    /** Help for the option at {@code offset} of {@code cell}; empty if there is none. */
    public static Optional<String> at(String cell, int offset) {
        HeaderLine line = HeaderLine.of(cell).orElse(null);
        int start = cell.length() - cell.stripLeading().length();
        int end = cell.indexOf('\n', start);
        int last = end < 0 ? cell.length() : end;
        if (line == null || offset < start || offset > last) {
            return Optional.empty();
        }
        int from = offset;
        while (from > start && !Character.isWhitespace(cell.charAt(from - 1))) {
            from--;
        }
        int to = from;
        while (to < last && Character.isJavaIdentifierPart(cell.charAt(to))) {
            to++;
        }
        return HeaderOption.of(cell.substring(from, to))
                .filter(option -> option.appliesTo(line.kind()))
                .map(option -> option.form() + "\n\n" + option.meaning());
    }
}
