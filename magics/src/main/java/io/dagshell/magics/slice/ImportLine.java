package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An import of the notebook or of every notebook.
 *
 * @param name as written behind the keyword: {@code java.util.List}, {@code static java.lang.Math.*}
 * @param cell where it stands; empty for those of every notebook
 * @param offset in the cell's Java text
 */
record ImportLine(String name, Optional<CellText> cell, int offset) {

    static ImportLine ofEveryNotebook(String text) {
        String name = text.strip().replaceFirst("^import\\s+", "").replaceFirst("\\s*;$", "");
        return new ImportLine(name, Optional.empty(), 0);
    }

    String text() {
        return "import " + name + "; ";
    }

    boolean isStatic() {
        return name.startsWith("static ");
    }

    boolean isSingle() {
        return !name.endsWith("*");
    }

    /** The name it makes known; of two single imports of one name a notebook goes by the later one. */
    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** All imports of the cells behind {@code everywhere}, without those that a later one replaces. */
    static List<ImportLine> of(List<String> everywhere, List<CellText> cells) {
        Map<String, ImportLine> lines = new LinkedHashMap<>();
        everywhere.forEach(text -> put(lines, ofEveryNotebook(text)));
        for (CellText cell : cells) {
            for (Member member : cell.members()) {
                if (member.kind() == Member.Kind.IMPORT) {
                    put(lines, new ImportLine(member.name(), Optional.of(cell), member.start()));
                }
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static void put(Map<String, ImportLine> lines, ImportLine line) {
        String key =
                line.isSingle() ? (line.isStatic() ? "static single " : "single ") + line.simpleName() : line.name();
        lines.remove(key);
        lines.put(key, line);
    }
}
