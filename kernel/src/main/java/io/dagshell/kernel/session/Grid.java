package io.dagshell.kernel.session;

import java.util.List;
import java.util.Map;

/**
 * A small table as aligned text and as HTML.
 *
 * @param columns their names
 * @param rows as many texts each as there are columns
 * @param note below the table, or empty: what of it is not shown
 */
record Grid(List<Column> columns, List<List<String>> rows, String note) {

    /**
     * A column.
     *
     * @param number whether its texts are numbers, which stand to the right
     */
    record Column(String name, boolean number) {}

    /** Columns of text. */
    static Grid ofText(List<String> names, List<List<String>> rows) {
        return new Grid(names.stream().map(name -> new Column(name, false)).toList(), rows, "");
    }

    Map<String, String> bundle() {
        return Map.of("text/plain", text(), "text/html", html());
    }

    String text() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    columns.get(i).name().length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0));
        }
        StringBuilder text = new StringBuilder();
        line(text, columns.stream().map(Column::name).toList(), widths);
        rows.forEach(row -> line(text.append('\n'), row, widths));
        if (!note.isEmpty()) {
            text.append('\n').append(note);
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).replace('\n', ' ');
            String space = " ".repeat(Math.max(0, widths[i] - cell.length()));
            line.append(i == 0 ? "" : "  ").append(columns.get(i).number() ? space + cell : cell + space);
        }
        text.append(line.toString().stripTrailing());
    }

    String html() {
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        columns.forEach(column -> cell(html, "th", column, column.name()));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell(html, "td", columns.get(i), row.get(i));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (!note.isEmpty()) {
            html.append("<p>").append(InspectedText.escape(note)).append("</p>");
        }
        return html.toString();
    }

    private static void cell(StringBuilder html, String element, Column column, String text) {
        html.append('<')
                .append(element)
                .append(" style=\"text-align:")
                .append(column.number() ? "right" : "left")
                .append("\">")
                .append(InspectedText.escape(text))
                .append("</")
                .append(element)
                .append('>');
    }
}
