package io.dagshell.magics.slice;

/** A notebook that cannot be exported as it is: which cell, where in it, and what to write instead. */
public final class SliceProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String source;
    private final int line;
    private final int column;

    /**
     * A problem at a place.
     *
     * @param source {@code etl.ipynb[7]}, or the notebook's name if no cell is to blame
     * @param line in the cell, from 1; 0 if no line is to blame
     * @param column from 1, or 0
     */
    public SliceProblem(String source, int line, int column, String message) {
        super(line > 0 ? source + ":" + line + ": " + message : source + ": " + message);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    public String source() {
        return source;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
