package io.dagshell.magics.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell of nothing but {@code name = text} lines, comments and blank lines, without semicolons: what papermill and
 * Jupyter Scheduler put into a notebook for the values of a run.
 *
 * @param lines in the order of the cell
 */
record Assignments(List<Line> lines) {
    private static final Pattern LINE = Pattern.compile("([A-Za-z_$][\\w$]*)[ \\t]*=(?!=)[ \\t]*(\\S.*)");
    private static final Pattern COMMENT = Pattern.compile("(#|//).*");

    Assignments {
        lines = List.copyOf(lines);
    }

    /**
     * One of them.
     *
     * @param number of the line in the cell, from 1
     */
    record Line(int number, String name, String text) {}

    /** The cell's lines; empty if it is another kind of cell, Java among them. */
    static Optional<Assignments> of(String cell) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String typed : cell.split("\n", -1)) {
            number++;
            String line = typed.strip();
            Matcher assignment = LINE.matcher(line);
            if (assignment.matches() && !line.endsWith(";")) {
                lines.add(new Line(number, assignment.group(1), assignment.group(2)));
            } else if (!line.isEmpty() && !COMMENT.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Assignments(lines));
    }
}
