package io.dagshell.magics.source;

import io.dagshell.kernel.session.CellProblem;

/** A place in a cell's text, line and column from 1. */
public record CellPlace(int line, int column) {

    /** The place of an offset in UTF-16 units. */
    public static CellPlace of(String cell, int offset) {
        int within = Math.min(offset, cell.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < within; i++) {
            if (cell.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new CellPlace(line, within - lineStart + 1);
    }

    /** A refusal of the cell at this place. */
    public CellProblem problem(String message) {
        return new CellProblem(line, column, message);
    }
}
