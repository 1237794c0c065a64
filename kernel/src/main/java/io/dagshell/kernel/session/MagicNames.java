package io.dagshell.kernel.session;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How magics are typed, and the help for each. */
final class MagicNames {
    private static final Pattern CELL = Pattern.compile("\\s*(%%[A-Za-z][\\w.]*)[^\\n]*");

    private MagicNames() {}

    /** The line magic of that name as a person types it. */
    static String typed(String name) {
        return Character.isLetter(name.charAt(0)) ? "%" + name : name;
    }

    /** The magic whose line the cursor is on, as typed; null if it is on none. */
    static @Nullable String at(String cell, int cursor) {
        Matcher header = CELL.matcher(cell);
        if (header.lookingAt() && cursor <= header.end()) {
            return header.group(1);
        }
        if (MagicLines.ownCell(cell)) {
            return null;
        }
        for (MagicLines.Line line : MagicLines.of(cell)) {
            if (line.start() <= cursor && cursor <= line.end()) {
                return typed(Segment.magic(line.start(), cell.substring(line.start(), line.end()))
                        .magic());
            }
        }
        return null;
    }

    /** Help for the kernel's own. */
    static Map<String, String> help() {
        return Map.ofEntries(
                Map.entry("%lsmagic", "%lsmagic\n\nLists the magics. ?%name tells more about one."),
                Map.entry("%time", "%time expression\n\nRuns the rest of the line and says how long it took."),
                Map.entry("%%time", "%%time\nJava\n\nRuns the cell and says how long it took."),
                Map.entry("%whos", "%whos [name…]\n\nLists the variables with type and value."),
                Map.entry(
                        "%reset",
                        "%reset\n\nForgets all variables, methods, types and imports of the cells. Libraries stay loaded."),
                Map.entry("?", "?name or name?\n\nShows what a name is: declaration, documentation, value."),
                Map.entry("??", "??name or name??\n\nShows what a name is, with all of its documentation."),
                Map.entry("/vars", "/vars\n\nLists the variables, as in JShell."),
                Map.entry("/methods", "/methods\n\nLists the methods that cells declared, as in JShell."),
                Map.entry("/types", "/types\n\nLists the classes, records, enums and interfaces that cells declared."),
                Map.entry("/imports", "/imports\n\nLists the imports in force."),
                Map.entry("/list", "/list\n\nLists all declarations in force with the cell they are from."));
    }
}
