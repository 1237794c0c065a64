package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.engine.picture.Mark;
import io.dagshell.engine.picture.Markup;
import java.util.ArrayList;
import java.util.List;

/** A run as plain text: aligned columns, no colour codes. */
final class RunText {
    private static final List<String> HEADINGS = List.of("", "task", "state", "attempt", "time", "result", "cache");

    private RunText() {}

    static String render(RunPicture run) {
        StringBuilder text = new StringBuilder();
        text.append(Mark.of(run.state()).sign())
                .append(' ')
                .append(Markup.visible(run.title()))
                .append(": ")
                .append(run.state().word())
                .append(run.complete() ? " in " : ", ")
                .append(Amounts.time(run.took()))
                .append('\n');
        if (!run.rows().isEmpty()) {
            table(text, run.rows());
        }
        run.failure().ifPresent(failure -> failure(text, failure));
        run.artifacts().forEach(line -> text.append("  ").append(line).append('\n'));
        text.setLength(text.length() - 1);
        return text.toString();
    }

    private static void table(StringBuilder text, List<RunPicture.Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rows.forEach(row -> lines.add(cells(row)));
        int columns = HEADINGS.size();
        int[] widths = new int[columns];
        for (int column = 0; column < columns; column++) {
            for (int line = 1; line < lines.size(); line++) {
                widths[column] = Math.max(widths[column], length(lines.get(line).get(column)));
            }
            if (widths[column] > 0) {
                widths[column] = Math.max(widths[column], length(HEADINGS.get(column)));
            }
        }
        for (List<String> line : lines) {
            StringBuilder one = new StringBuilder(" ");
            for (int column = 0; column < columns; column++) {
                if (widths[column] > 0) {
                    String cell = line.get(column);
                    one.append(' ').append(cell).append(" ".repeat(widths[column] - length(cell) + 1));
                }
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
    }

    private static List<String> cells(RunPicture.Row row) {
        return List.of(
                Mark.of(row.state()).sign(),
                "  ".repeat(row.depth()) + Markup.visible(row.name()),
                row.stateText(),
                row.attempt(),
                row.time(),
                row.result(),
                row.cache());
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static void failure(StringBuilder text, RunEvent.TaskFailed failure) {
        text.append(Markup.visible(failure.exception()))
                .append(": ")
                .append(Markup.visible(Markup.shortened(failure.message(), 500)));
        if (!failure.location().isEmpty()) {
            text.append("\n    at ").append(Markup.visible(failure.location()));
        }
        text.append('\n');
    }
}
