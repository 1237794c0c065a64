package io.dagshell.tables.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tech.tablesaw.columns.Column;

/** An excerpt for programs and language models: columns, then as many of the first 20 rows as fit in 8 KB. */
final class TableJson {
    static final int MOST_BYTES = 8 * 1024;

    private static final int ROWS = 20;
    private static final int LONGEST_TEXT = 100;
    /** Room for what comes after the columns: counts, brackets, a row or two. */
    private static final int SPARE = 1024;

    private final Excerpt excerpt;

    TableJson(Excerpt excerpt) {
        this.excerpt = excerpt;
    }

    String render() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", Shown.cut(excerpt.name(), LONGEST_TEXT));
        json.put("rows", excerpt.rows());
        ArrayNode columns = json.putArray("columns");
        List<ColumnSummary> all = excerpt.columns();
        int listed = 0;
        int size = size(json);
        while (listed < all.size()) {
            ObjectNode column = column(all.get(listed));
            size += size(column) + 1;
            if (size > MOST_BYTES - SPARE) {
                break;
            }
            columns.add(column);
            listed++;
        }
        if (listed < excerpt.columnCount()) {
            json.put("columnsNotListed", excerpt.columnCount() - listed);
        }
        rows(json, listed);
        return json.toString();
    }

    private void rows(ObjectNode json, int listed) {
        ArrayNode rows = json.putArray("first");
        int size = size(json);
        for (int row : excerpt.firstRows(ROWS)) {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            for (ColumnSummary summary : excerpt.columns().subList(0, listed)) {
                value(values, summary.column(), row);
            }
            size += size(values) + 1;
            if (size > MOST_BYTES) {
                return;
            }
            rows.add(values);
        }
    }

    private static ObjectNode column(ColumnSummary summary) {
        ObjectNode column = JsonNodeFactory.instance.objectNode();
        column.put("name", Shown.cut(summary.name(), LONGEST_TEXT));
        column.put("type", Shown.type(summary.column()));
        column.put("missing", summary.missing());
        if (!summary.exact()) {
            column.put("approximate", true);
        }
        summary.least().ifPresent(row -> column.put("min", Shown.cut(Shown.full(summary.column(), row), LONGEST_TEXT)));
        summary.greatest()
                .ifPresent(row -> column.put("max", Shown.cut(Shown.full(summary.column(), row), LONGEST_TEXT)));
        return column;
    }

    private static void value(ArrayNode values, Column<?> column, int row) {
        if (column.isMissing(row)) {
            values.addNull();
        } else if (column.get(row) instanceof Number number && !Double.isInfinite(number.doubleValue())) {
            number(values, number);
        } else if (column.get(row) instanceof Boolean truth) {
            values.add(truth.booleanValue());
        } else {
            values.add(Shown.cut(Shown.full(column, row), LONGEST_TEXT));
        }
    }

    private static void number(ArrayNode values, Number number) {
        if (number instanceof Double || number instanceof Float) {
            values.add(number.doubleValue());
        } else {
            values.add(number.longValue());
        }
    }

    private static int size(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
