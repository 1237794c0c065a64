package io.dagshell.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table in a few rows: shape, types, missing values, ranges, the first 10 rows and the last 5. Static HTML without
 * script or outside address, everything escaped; text without colours. Long tables cost no more than short ones, but for
 * the exact counts of missing values and ranges, one pass each.
 */
public final class TablePreview {
    private static final int HEAD = 10;
    private static final int TAIL = 5;
    private static final int HTML_COLUMNS = 30;
    private static final int HTML_FIRST = 20;
    private static final int TEXT_WIDTH = 120;
    private static final int CELL = 80;
    private static final int TEXT_CELL = 24;
    private static final int TITLE = 400;

    private final Table table;
    private final List<Integer> rows;

    private TablePreview(Table table) {
        this.table = table;
        int count = table.rowCount();
        this.rows = count <= HEAD + TAIL
                ? IntStream.range(0, count).boxed().toList()
                : Stream.concat(
                                IntStream.range(0, HEAD).boxed(),
                                IntStream.range(count - TAIL, count).boxed())
                        .toList();
    }

    public static TablePreview of(Table table) {
        return new TablePreview(table);
    }

    /** {@code trips: 1,369,765 rows × 18 columns}. */
    public String caption() {
        String name = table.name() == null || table.name().isBlank() ? "" : visible(table.name()) + ": ";
        return name + Tables.describe(table);
    }

    private boolean isCut() {
        return rows.size() < table.rowCount();
    }

    private String between() {
        return String.format(Locale.ROOT, "⋮ %,d rows", table.rowCount() - rows.size());
    }

    // ---- text

    /** Aligned columns, a line of types, at most 120 characters wide, ends with the shape. */
    public String text() {
        List<List<String>> columns = new ArrayList<>();
        int width = 0;
        for (Column<?> column : table.columns()) {
            List<String> cells = textCells(column);
            int wide = cells.stream().mapToInt(String::length).max().orElse(0);
            if (!columns.isEmpty() && width + wide + 2 > TEXT_WIDTH - 16) {
                break;
            }
            width += wide + 2;
            columns.add(cells.stream()
                    .map(cell -> isNumber(column)
                            ? " ".repeat(wide - cell.length()) + cell
                            : cell + " ".repeat(wide - cell.length()))
                    .toList());
        }
        StringBuilder text = new StringBuilder();
        int lines = columns.isEmpty() ? 0 : columns.get(0).size();
        for (int line = 0; line < lines; line++) {
            if (isCut() && line == HEAD + 2) {
                text.append(between()).append('\n');
            }
            int at = line;
            String row = String.join(
                    "  ", columns.stream().map(cells -> cells.get(at)).toList());
            text.append(row.stripTrailing()).append('\n');
        }
        int hidden = table.columnCount() - columns.size();
        return text + (hidden > 0 ? caption() + " (" + hidden + " more columns)" : caption());
    }

    private List<String> textCells(Column<?> column) {
        List<String> cells = new ArrayList<>();
        cells.add(shortened(visible(column.name()), TEXT_CELL));
        cells.add(typeName(column.type()));
        rows.forEach(row -> cells.add(shortened(cell(column, row), TEXT_CELL)));
        return cells;
    }

    // ---- html

    /** One table; reads as a plain table where styles are stripped. */
    public String html() {
        List<Column<?>> shown = shownColumns();
        StringBuilder html = new StringBuilder();
        html.append("<div role=\"region\" aria-label=\"table preview\" tabindex=\"0\" style=\"overflow-x:auto\">")
                .append("<table style=\"border-collapse:collapse;font-size:12px;font-variant-numeric:tabular-nums\">")
                .append("<caption style=\"text-align:left;padding:2px 0 6px\">")
                .append(escaped(caption()))
                .append("</caption><thead>");
        header(html, shown, column -> "<b>" + escaped(shortened(visible(column.name()), CELL)) + "</b>", "column");
        header(html, shown, column -> typeName(column.type()), "type");
        header(html, shown, TablePreview::missing, "missing");
        header(html, shown, column -> escaped(range(column)), "range");
        html.append("</thead><tbody>");
        for (int i = 0; i < rows.size(); i++) {
            if (isCut() && i == HEAD) {
                html.append("<tr><td colspan=\"")
                        .append(shown.size() + 1)
                        .append("\" style=\"text-align:left;opacity:.7\">")
                        .append(between())
                        .append("</td></tr>");
            }
            int row = rows.get(i);
            html.append("<tr><th scope=\"row\" style=\"opacity:.6;font-weight:normal\">")
                    .append(row + 1)
                    .append("</th>");
            shown.forEach(column -> html.append(cellHtml(column, row)));
            html.append("</tr>");
        }
        html.append("</tbody></table>").append(hiddenColumns()).append("</div>");
        return html.toString();
    }

    private List<Column<?>> shownColumns() {
        List<Column<?>> all = table.columns();
        if (all.size() <= HTML_COLUMNS) {
            return all;
        }
        List<Column<?>> shown = new ArrayList<>(all.subList(0, HTML_FIRST));
        shown.addAll(all.subList(all.size() - (HTML_COLUMNS - HTML_FIRST), all.size()));
        return shown;
    }

    private String hiddenColumns() {
        List<Column<?>> all = table.columns();
        if (all.size() <= HTML_COLUMNS) {
            return "";
        }
        List<String> names = all.subList(HTML_FIRST, all.size() - (HTML_COLUMNS - HTML_FIRST)).stream()
                .map(column -> visible(column.name()))
                .toList();
        return "<p style=\"opacity:.7\">" + names.size() + " columns not shown: "
                + escaped(shortened(String.join(", ", names), 2_000)) + "</p>";
    }

    private static void header(
            StringBuilder html,
            List<Column<?>> columns,
            java.util.function.Function<Column<?>, String> text,
            String label) {
        html.append("<tr><th scope=\"row\" style=\"text-align:left;opacity:.6;font-weight:normal\">")
                .append(label)
                .append("</th>");
        columns.forEach(column -> html.append("<th scope=\"col\" style=\"text-align:")
                .append(isNumber(column) ? "right" : "left")
                .append(";font-weight:normal;padding:1px 8px\">")
                .append(text.apply(column))
                .append("</th>"));
        html.append("</tr>");
    }

    private static String cellHtml(Column<?> column, int row) {
        String full = cell(column, row);
        String seen = isNumber(column) ? sixDigits(column, row, full) : shortened(full, CELL);
        String title = seen.equals(full) ? "" : " title=\"" + escaped(shortened(full, TITLE)) + "\"";
        return "<td" + title + " style=\"text-align:" + (isNumber(column) ? "right" : "left") + ";padding:1px 8px\">"
                + escaped(seen) + "</td>";
    }

    private static String missing(Column<?> column) {
        int missing = column.countMissing();
        return missing == 0
                ? "0"
                : String.format(Locale.ROOT, "%,d (%.1f%%)", missing, 100.0 * missing / column.size());
    }

    private static String range(Column<?> column) {
        if (!(column instanceof NumericColumn<?> numbers) || column.size() == column.countMissing()) {
            return "";
        }
        return plain(numbers.min()) + " … " + plain(numbers.max());
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    private static String sixDigits(Column<?> column, int row, String full) {
        boolean fraction = column.type() == ColumnType.DOUBLE || column.type() == ColumnType.FLOAT;
        if (!fraction || column.isMissing(row) || full.length() <= 8) {
            return full;
        }
        return plain(((NumericColumn<?>) column).getDouble(row));
    }

    private static String cell(Column<?> column, int row) {
        return column.isMissing(row) ? "∅" : visible(String.valueOf(column.get(row)));
    }

    private static boolean isNumber(Column<?> column) {
        return column instanceof NumericColumn<?>;
    }

    private static String typeName(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** Control characters and those that turn the direction of text become visible. */
    static String visible(String text) {
        StringBuilder seen = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < 0x20) {
                seen.appendCodePoint(0x2400 + point);
            } else if (point == 0x7f || Character.getType(point) == Character.FORMAT || Character.isISOControl(point)) {
                seen.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                seen.appendCodePoint(point);
            }
        });
        return seen.toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
