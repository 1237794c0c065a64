package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of a cell are magics and which are Java: the one answer for the session that runs a cell, for help while
 * it is typed, for the keys of tasks and for the compiled slice. Were the answers to differ, a line such as {@code % 2}
 * of an expression could run in the notebook and be missing from a key or an export.
 *
 * <p>A line is a magic if it looks like one ({@link #LINE}) and Java cannot mean it: it stands outside brackets, strings,
 * text blocks and comments, and either nothing unfinished stands before it, or what follows its name cannot go on an
 * expression ({@code x} ⏎ {@code %env HOME}). {@code x} ⏎ {@code %y} without a semicolon is {@code x % y}. A cell magic
 * ({@code %%sql}) owns its whole cell, except that the body of {@code %%time} is Java.
 *
 * <p>To add another kind of line: let {@link #LINE} match its look here and {@link Segment} tell its parts; places where
 * it may not stand need no more thought.
 */
public final class MagicLines {
    /**
     * What a magic line looks like, wherever it stands: {@code %env HOME}, {@code !ls -l}, {@code ?name}, {@code name?},
     * {@code /vars}. Java's own {@code !(a)}, {@code !!a} and {@code !list.isEmpty()} are no commands.
     */
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*(?:"
            + "%[A-Za-z][\\w.]*(?:[ \\t]+(?<arguments>.*))?"
            + "|(?<command>!(?![!=(]|[A-Za-z_][\\w$.]*\\()[ \\t]*\\S.*)"
            + "|(?<asked>\\?{1,2}[ \\t]*(?:[%/]{0,2}[A-Za-z_$][\\w$.]*|!)[ \\t]*)"
            + "|(?<asking>[A-Za-z_$][\\w$.]*\\?{1,2}[ \\t]*)"
            + "|(?<listing>/[a-z]+(?:[ \\t].*)?)"
            + ")$");

    /** No operand of an expression is followed by a word or literal, but for this one operator. */
    private static final Pattern NO_JAVA = Pattern.compile("(?!instanceof\\b)[\\w$\"'].*");

    private static final Pattern HEADER = Pattern.compile("(?m)^[ \\t]*(%%[A-Za-z]\\w*)");

    private static final Pattern TIMED = Pattern.compile("^\\s*%%time\\b[^\\r\\n]*");

    private MagicLines() {}

    /**
     * A magic's line.
     *
     * @param start of the line
     * @param end behind its last character, before the line break
     */
    record Line(int start, int end) {}

    /** The magic lines of a cell that is not one cell magic, in order. */
    static List<Line> of(String cell) {
        List<Line> lines = new ArrayList<>();
        StringBuilder java = new StringBuilder(cell);
        Matcher line = LINE.matcher(cell);
        int read = 0;
        while (line.find()) {
            String before = java.substring(read, line.start());
            PieceText.End end = PieceText.endOf(before);
            read = end == PieceText.End.BETWEEN_STATEMENTS ? line.start() : read;
            if (mayStand(line, end, before, cell)) {
                lines.add(new Line(line.start(), line.end()));
                blank(java, line.start(), line.end());
            }
        }
        return lines;
    }

    private static boolean mayStand(Matcher line, PieceText.End end, String java, String cell) {
        boolean asking = line.group("asking") != null;
        return switch (end) {
            case BETWEEN_STATEMENTS -> !asking || cell.substring(line.end()).isBlank();
            case INSIDE_STATEMENT -> isNoOperand(line) || isCommandBehindOperand(line, java);
            case ENCLOSED -> false;
        };
    }

    private static boolean isNoOperand(Matcher line) {
        String arguments = line.group("arguments");
        return arguments != null && NO_JAVA.matcher(arguments).matches();
    }

    /** Between an operand and an exclamation mark Java wants an operator. */
    private static boolean isCommandBehindOperand(Matcher line, String java) {
        return line.group("command") != null && PieceText.endsInOperand(java);
    }

    /** The cell with all that is no Java blanked; every line and every other character stays where it was. */
    public static String blanked(String cell) {
        StringBuilder java = new StringBuilder(cell);
        Matcher timed = TIMED.matcher(cell);
        if (timed.lookingAt()) {
            blank(java, 0, timed.end());
        } else if (Magics.isCellMagic(cell)) {
            blank(java, 0, cell.length());
        } else {
            of(cell).forEach(line -> blank(java, line.start(), line.end()));
        }
        return java.toString();
    }

    /**
     * Looks for a cell magic below the first line, where it would be none.
     *
     * @throws CellProblem there is one
     */
    public static void requireHeaderFirst(String cell) {
        if (!cell.contains("%%") || Magics.isCellMagic(cell)) {
            return;
        }
        String java = blanked(cell);
        Matcher header = HEADER.matcher(java);
        while (header.find()) {
            if (PieceText.endOf(java.substring(0, header.start())) == PieceText.End.BETWEEN_STATEMENTS) {
                int line = 1
                        + (int) cell.substring(0, header.start(1))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                throw new CellProblem(
                        line,
                        1 + header.start(1) - header.start(),
                        header.group(1) + " must be the first line of its cell: move what stands above it to a cell of"
                                + " its own, or below it (a library as //DEPS group:artifact:version)");
            }
        }
    }

    /** Whether the cell is a cell magic over text that is no Java. */
    static boolean ownCell(String cell) {
        return Magics.isCellMagic(cell) && !TIMED.matcher(cell).lookingAt();
    }

    private static void blank(StringBuilder java, int from, int to) {
        for (int i = from; i < to; i++) {
            if (java.charAt(i) != '\n' && java.charAt(i) != '\r') {
                java.setCharAt(i, ' ');
            }
        }
    }
}
