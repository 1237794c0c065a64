package io.dagshell.kernel.session;

/** A cell that is refused before any of it runs: position in the cell's own text, and what to write instead. */
public final class CellProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    /** Position from 1, in the text as typed. */
    public CellProblem(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
