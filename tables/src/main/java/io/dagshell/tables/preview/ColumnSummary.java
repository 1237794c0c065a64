package io.dagshell.tables.preview;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import tech.tablesaw.columns.Column;

/**
 * What the head of a column says.
 *
 * @param exact whether all rows were looked at; otherwise numbers are from a sample spread evenly over the rows
 * @param missing how many values are missing, estimated if not exact
 * @param least row of the least value, empty for text and where there is none
 * @param greatest row of the greatest value
 * @param bins how many values fall in each of twenty equal parts of the range, or the counts of the top values
 * @param top the most frequent texts, most frequent first; empty for other types
 */
record ColumnSummary(
        Column<?> column,
        boolean exact,
        long missing,
        OptionalInt least,
        OptionalInt greatest,
        List<Integer> bins,
        List<Frequent> top) {

    /** A text and how often it was seen. */
    record Frequent(String text, int count) {}

    ColumnSummary {
        bins = List.copyOf(bins);
        top = List.copyOf(top);
    }

    String name() {
        return Shown.visible(column.name());
    }

    /** {@code 98,352 (7.2 %)}; {@code 0} if none. */
    String missingShown() {
        if (missing == 0) {
            return approximate() + "0";
        }
        double share = 100.0 * missing / Math.max(1, column.size());
        String percent = share < 0.1 ? "<0.1" : String.format(Locale.ROOT, "%.1f", share);
        return approximate() + Shown.count(missing) + " (" + percent + " %)";
    }

    /** {@code 0 … 265}, or the top texts. */
    String rangeShown() {
        if (least.isPresent() && greatest.isPresent()) {
            return approximate() + Shown.brief(column, least.getAsInt()) + " … "
                    + Shown.brief(column, greatest.getAsInt());
        }
        if (top.isEmpty()) {
            return "";
        }
        String texts = String.join(
                ", ",
                top.stream().limit(3).map(each -> Shown.cut(each.text(), 20)).toList());
        return approximate() + texts + (top.size() > 3 ? ", …" : "");
    }

    private String approximate() {
        return exact ? "" : "≈ ";
    }
}
