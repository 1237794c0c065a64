package io.dagshell.kernel.session;

import java.util.List;
import java.util.Map;

/** A list of variables as aligned text and as an HTML table. */
final class VariableTable {
    private VariableTable() {}

    /**
     * A variable.
     *
     * @param value in a few words
     */
    record Row(String name, String type, String value) {}

    static Map<String, String> of(List<Row> rows) {
        return Map.of("text/plain", text(rows), "text/html", html(rows));
    }

    private static String text(List<Row> rows) {
        int name = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        int type = rows.stream().mapToInt(row -> row.type().length()).max().orElse(0);
        String line = "%-" + Math.max(4, name) + "s  %-" + Math.max(4, type) + "s  %s";
        StringBuilder text = new StringBuilder(line.formatted("Name", "Type", "Value"));
        rows.forEach(row -> text.append('\n').append(line.formatted(row.name(), row.type(), row.value())));
        return text.toString();
    }

    private static String html(List<Row> rows) {
        StringBuilder html =
                new StringBuilder("<table><thead><tr><th>Name</th><th>Type</th><th>Value</th></tr></thead><tbody>");
        for (Row row : rows) {
            html.append("<tr>");
            List.of(row.name(), row.type(), row.value())
                    .forEach(cell -> html.append("<td style=\"text-align:left\">")
                            .append(InspectedText.escape(cell))
                            .append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }
}
