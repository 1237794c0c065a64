package io.dagshell.tables;

import io.dagshell.tables.column.FastTable;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/** Picks rows. */
final class Rows {
    private Rows() {}

    static Table keep(Table table, Selection selection) {
        return selection.size() == table.rowCount()
                ? table
                : FastTable.of(table).where(selection);
    }
}
