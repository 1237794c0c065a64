package io.dagshell.tables.preview;

import io.dagshell.tables.Tables;
import io.dagshell.tables.stored.StoredTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * What is shown of a table: its first and last rows, and a summary of each column that is shown. Looking does not count as
 * touching a stored table.
 *
 * @param hidden names of columns left out, in the place after {@code before} columns
 */
record Excerpt(
        String name,
        String shape,
        int rows,
        int columnCount,
        List<ColumnSummary> columns,
        int before,
        List<String> hidden,
        List<Integer> head,
        List<Integer> tail) {
    private static final int MOST_COLUMNS = 30;
    private static final int FIRST_COLUMNS = 20;
    private static final int HEAD = 10;
    private static final int TAIL = 5;

    Excerpt {
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
        head = List.copyOf(head);
        tail = List.copyOf(tail);
    }

    static Excerpt of(Table table, Duration budget, LongSupplier nanoTime) {
        var all = StoredTable.look(table);
        int rows = all.length == 0 ? 0 : all[0].size();
        boolean wide = all.length > MOST_COLUMNS;
        int last = MOST_COLUMNS - FIRST_COLUMNS;
        var shown = wide
                ? IntStream.range(0, all.length)
                        .filter(i -> i < FIRST_COLUMNS || i >= all.length - last)
                        .mapToObj(i -> all[i])
                        .toArray(Column<?>[]::new)
                : all;
        List<String> hidden = wide
                ? Arrays.stream(all, FIRST_COLUMNS, all.length - last)
                        .map(column -> Shown.visible(column.name()))
                        .toList()
                : List.of();
        boolean whole = rows <= HEAD + TAIL;
        return new Excerpt(
                Shown.visible(table.name() == null ? "" : table.name()),
                Tables.describe(table),
                rows,
                all.length,
                List.of(Summaries.of(shown, budget, nanoTime)),
                wide ? FIRST_COLUMNS : shown.length,
                hidden,
                IntStream.range(0, whole ? rows : HEAD).boxed().toList(),
                whole ? List.of() : IntStream.range(rows - TAIL, rows).boxed().toList());
    }

    /** {@code trips: 1,369,765 rows × 18 columns (first 10, last 5)}. */
    String caption() {
        String which = tail.isEmpty()
                ? head.size() < rows ? " (first " + head.size() + ")" : ""
                : " (first " + head.size() + ", last " + tail.size() + ")";
        return (name.isEmpty() ? "" : Shown.cut(name, Shown.LONGEST_CELL) + ": ") + shape + which;
    }

    /** Rows between head and tail. */
    int skipped() {
        return rows - head.size() - tail.size();
    }

    Excerpt withoutTail() {
        return new Excerpt(name, shape, rows, columnCount, columns, before, hidden, head, List.of());
    }

    /** Only so many of the columns; the others are named. */
    Excerpt withColumns(int count) {
        List<String> more = new ArrayList<>();
        columns.subList(count, columns.size()).forEach(column -> more.add(column.name()));
        more.addAll(0, hidden);
        return new Excerpt(name, shape, rows, columnCount, columns.subList(0, count), count, more, head, tail);
    }
}
