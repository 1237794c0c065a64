package io.dagshell.tables;

import tech.tablesaw.api.Table;

/** What cells call to look at a table; both show themselves as a cell's value or by {@code display}. */
public final class TableViews {
    private TableViews() {}

    /** Pages through a table: {@code preview(trips).page(3).sortBy("-fare_amount")}. */
    public static PagedPreview preview(Table table) {
        return PagedPreview.of(table);
    }

    /** Draws columns of a table: {@code plot(trips).histogram("trip_distance")}. */
    public static Plots plot(Table table) {
        return new Plots(table);
    }
}
