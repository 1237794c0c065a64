package io.dagshell.magics.slice;

import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
import io.dagshell.magics.source.Parses;
import java.util.List;

/**
 * A code cell as it enters the slice.
 *
 * @param source {@code etl.ipynb[7]}
 * @param index among code cells, from 1
 * @param original as typed
 * @param transformed as Java, with the wrappers of tasks and flows
 * @param members of the Java text
 */
record CellText(String source, int index, String original, TransformedCell transformed, List<Member> members) {
    CellText {
        members = List.copyOf(members);
    }

    static CellText of(String source, int index, String original, TransformedCell transformed) {
        return of(source, index, original, transformed, new Parses());
    }

    static CellText of(String source, int index, String original, TransformedCell transformed, Parses parses) {
        return new CellText(source, index, original, transformed, Members.of(transformed.java(), parses));
    }

    String java() {
        return transformed.java();
    }

    /** The class its declarations become members of. */
    String className() {
        return "Cell" + index;
    }

    /** A problem at an offset of the Java text, told at the place in the cell as typed. */
    SliceProblem problem(int javaOffset, String message) {
        int offset = Math.min(original.length(), transformed.toOriginal(javaOffset));
        int line = (int) original.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        int column = offset - (original.lastIndexOf('\n', offset - 1) + 1) + 1;
        return new SliceProblem(source, line, column, message);
    }
}
