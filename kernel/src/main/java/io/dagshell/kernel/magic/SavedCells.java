package io.dagshell.kernel.magic;

import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.Declaration;
import io.dagshell.kernel.session.MagicLines;
import java.util.ArrayList;
import java.util.List;

/** The cells that ran to their end, in order. Guarded by itself. */
final class SavedCells {
    private static final String COMMENT = "// ";

    private final List<CellRequest> cells = new ArrayList<>();

    /** A cell of a person; a kernel's warm-up has no number. */
    synchronized void ran(CellRequest cell) {
        if (cell.number() > 0) {
            cells.add(cell);
        }
    }

    synchronized int count() {
        return cells.size();
    }

    /** One Java text: each cell below its number, what is no Java as comments. */
    synchronized String asJava(List<Declaration> live) {
        StringBuilder java = new StringBuilder();
        for (CellRequest cell : cells) {
            boolean declares = live.stream().anyMatch(each -> each.cell() == cell.number());
            java.append(java.isEmpty() ? "" : "\n")
                    .append("// [")
                    .append(cell.number())
                    .append("]\n");
            java.append(asJava(cell.text().stripTrailing(), declares));
        }
        return java.toString();
    }

    private static String asJava(String cell, boolean declares) {
        boolean headed = cell.stripLeading().startsWith("%%");
        String kept = MagicLines.blanked(cell);
        StringBuilder java = new StringBuilder();
        int at = 0;
        for (String line : cell.split("\n", -1)) {
            boolean header = headed && line.stripLeading().startsWith("%%");
            boolean ofJava = headed && declares
                    ? !header
                    : !kept.substring(at, at + line.length()).isBlank();
            java.append(ofJava || line.isBlank() ? "" : COMMENT).append(line).append('\n');
            at += line.length() + 1;
        }
        return java.toString();
    }
}
