package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The compilation unit of one cell: {@code package nb; imports… public final class Cell7 { } before the cell's first
 * character, its text with everything not kept blanked, {@code }} behind it. So each line of the cell is that line of the
 * unit.
 *
 * @param cell the cell
 * @param text Java
 * @param imports in the order they stand in
 * @param importOffsets where each starts in {@code text}
 * @param edits where the cell's text was changed, ascending
 * @param bodyStart offset in {@code text} of the cell's first character
 */
record Unit(
        CellText cell,
        String text,
        List<ImportLine> imports,
        List<Integer> importOffsets,
        List<Edit> edits,
        int bodyStart) {

    /** Package of all units. */
    static final String PACKAGE = "nb";

    /** {@code length} characters at {@code offset} of the cell's Java text became {@code replacement}. */
    record Edit(int offset, int length, String replacement) {}

    String className() {
        return PACKAGE + "." + cell.className();
    }

    /**
     * The unit of a cell.
     *
     * @param keep the pieces of the cell that belong to the slice
     * @param imports what its text sees from outside the notebook
     * @param links static imports of other cells' declarations
     * @param bridges methods of other cells that share a name with one of this cell's, which hides their import
     */
    static Unit of(
            CellText cell, Set<Member> keep, List<ImportLine> imports, List<String> links, List<String> bridges) {
        StringBuilder text = new StringBuilder("package " + PACKAGE + "; ");
        List<Integer> offsets = new ArrayList<>();
        for (ImportLine line : imports) {
            offsets.add(text.length());
            text.append(line.text());
        }
        links.forEach(link -> text.append("import static ").append(link).append("; "));
        text.append("public final class ").append(cell.className()).append(" { ");
        int bodyStart = text.length();
        List<Edit> edits = new ArrayList<>();
        text.append(body(cell, keep, edits));
        bridges.forEach(bridge -> text.append(' ').append(bridge));
        text.append(" }\n");
        return new Unit(cell, text.toString(), imports, offsets, edits, bodyStart);
    }

    private static String body(CellText cell, Set<Member> keep, List<Edit> edits) {
        String java = cell.java();
        StringBuilder body = new StringBuilder();
        int done = 0;
        for (Member member : cell.members()) {
            if (!keep.contains(member)) {
                continue;
            }
            body.append(blanked(java.substring(done, member.start())));
            body.append(member(java, member, edits));
            done = member.end();
        }
        return body.append(blanked(java.substring(done))).toString();
    }

    // At the top level of a cell, static is understood and private means nothing; in a class both matter.
    private static String member(String java, Member member, List<Edit> edits) {
        String modifiers = java.substring(member.start(), member.modifiersEnd());
        String visible = modifiers.replaceAll("\\bprivate\\b", "       ");
        String inserted = member.isStatic() ? "" : "static ";
        edits.add(new Edit(member.start(), 0, inserted));
        return inserted + visible + java.substring(member.modifiersEnd(), member.end());
    }

    private static String blanked(String text) {
        return text.replaceAll("[^\\r\\n]", " ");
    }

    /** The import at that offset, if it stands before the cell's text. */
    Optional<ImportLine> importAt(long offset) {
        Optional<ImportLine> found = Optional.empty();
        for (int i = 0; i < imports.size() && offset < bodyStart; i++) {
            if (importOffsets.get(i) <= offset) {
                found = Optional.of(imports.get(i));
            }
        }
        return found;
    }

    /** The place in the cell's Java text of an offset in this unit. */
    int toCell(long offset) {
        int inBody = (int) Math.max(0, offset - bodyStart);
        int shift = 0;
        for (Edit edit : edits) {
            if (edit.offset() + shift > inBody) {
                break;
            }
            int inserted = edit.replacement().length() - edit.length();
            shift += Math.min(inserted, inBody - (edit.offset() + shift));
        }
        return Math.min(cell.java().length(), inBody - shift);
    }
}
