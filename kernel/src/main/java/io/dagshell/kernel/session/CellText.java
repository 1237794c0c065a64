package io.dagshell.kernel.session;

/**
 * A cell's text in its two forms, as typed and as Java, and positions between them.
 *
 * @param cell as typed
 * @param transformed as Java
 */
record CellText(CellRequest cell, TransformedCell transformed) {

    String java() {
        return transformed.java();
    }

    /** Line and column, from 1, of an offset of the Java text in the cell as typed. */
    Position position(int javaOffset) {
        String typed = cell.text();
        int offset = Math.min(transformed.toOriginal(javaOffset), typed.length());
        int lineStart = typed.lastIndexOf('\n', offset - 1) + 1;
        int line = 1
                + (int) typed.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new Position(line, 1 + typed.codePointCount(lineStart, offset));
    }

    /** A line's text, from 1; empty outside the cell. */
    String line(int number) {
        String[] lines = cell.text().split("\n", -1);
        return number >= 1 && number <= lines.length ? lines[number - 1] : "";
    }

    /** A place in a cell, both from 1. */
    record Position(int line, int column) {}
}
