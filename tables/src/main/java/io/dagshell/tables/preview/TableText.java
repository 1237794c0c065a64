package io.dagshell.tables.preview;

import java.util.ArrayList;
import java.util.List;

/** An excerpt as aligned text of at most 120 columns: names, types, rows, and the shape at the end. */
final class TableText {
    private static final int WIDEST = 120;
    private static final int WIDEST_CELL = 32;
    private static final String BETWEEN = "  ";

    private final Excerpt excerpt;

    TableText(Excerpt excerpt) {
        this.excerpt = excerpt;
    }

    String render() {
        List<List<String>> columns = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        int width = 0;
        for (ColumnSummary summary : excerpt.columns()) {
            List<String> cells = cells(summary);
            int needed = cells.stream().mapToInt(TableText::width).max().orElse(0);
            int total = width + (columns.isEmpty() ? 0 : BETWEEN.length()) + needed;
            if (total > WIDEST) {
                break;
            }
            width = total;
            columns.add(cells);
            right.add(Shown.isNumber(summary.column()));
        }
        StringBuilder text = new StringBuilder();
        int lines = columns.isEmpty() ? 0 : columns.get(0).size();
        for (int line = 0; line < lines; line++) {
            if (line == 2 + excerpt.head().size() && excerpt.skipped() > 0) {
                text.append(skipped());
            }
            text.append(line(columns, right, line)).append('\n');
        }
        if (excerpt.tail().isEmpty() && excerpt.skipped() > 0) {
            text.append(skipped());
        }
        notShown(columns.size(), text);
        return text.append(name()).append(excerpt.shape()).toString();
    }

    private String skipped() {
        return "⋮ " + Shown.count(excerpt.skipped()) + " rows\n";
    }

    private String name() {
        return excerpt.name().isEmpty() ? "" : Shown.cut(excerpt.name(), 60) + ": ";
    }

    private void notShown(int shown, StringBuilder text) {
        if (shown == excerpt.columnCount()) {
            return;
        }
        Excerpt rest = excerpt.withColumns(shown);
        String names = String.join(", ", rest.hidden());
        String start = "… " + (excerpt.columnCount() - shown) + " more columns: ";
        text.append(Shown.cut(start + names, WIDEST)).append('\n');
    }

    private List<String> cells(ColumnSummary summary) {
        List<String> cells = new ArrayList<>();
        cells.add(Shown.cut(summary.name(), WIDEST_CELL));
        cells.add(Shown.type(summary.column()));
        excerpt.head().forEach(row -> cells.add(Shown.cut(Shown.brief(summary.column(), row), WIDEST_CELL)));
        excerpt.tail().forEach(row -> cells.add(Shown.cut(Shown.brief(summary.column(), row), WIDEST_CELL)));
        return cells;
    }

    private static String line(List<List<String>> columns, List<Boolean> right, int line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            List<String> column = columns.get(i);
            int width = column.stream().mapToInt(TableText::width).max().orElse(0);
            String cell = column.get(line);
            String padding = " ".repeat(width - width(cell));
            text.append(i == 0 ? "" : BETWEEN).append(right.get(i) ? padding + cell : cell + padding);
        }
        return text.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
