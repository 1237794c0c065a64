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
 * @param which of the rows are shown, as the caption says it; empty for all
 * @param skipped rows between head and tail
 * @param hidden names of columns left out, in the place after {@code before} columns
 */
record Excerpt(
        String name,
        String shape,
        String which,
        int rows,
        int skipped,
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

    /** The first and last rows. */
    static Excerpt of(Table table, Duration budget, LongSupplier nanoTime) {
        int rows = table.columnCount() == 0 ? 0 : table.rowCount();
        boolean whole = rows <= HEAD + TAIL;
        List<Integer> head = IntStream.range(0, whole ? rows : HEAD).boxed().toList();
        List<Integer> tail =
                whole ? List.of() : IntStream.range(rows - TAIL, rows).boxed().toList();
        return of(table, new Rows(head, tail, whole ? "" : "first " + HEAD + ", last " + TAIL), budget, nanoTime);
    }

    /**
     * Which rows to show.
     *
     * @param which as the caption says it
     */
    record Rows(List<Integer> head, List<Integer> tail, String which) {}

    /** Chosen rows, in the order given. */
    static Excerpt of(Table table, Rows chosen, Duration budget, LongSupplier nanoTime) {
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
        boolean page = chosen.tail().isEmpty();
        return new Excerpt(
                Shown.visible(table.name() == null ? "" : table.name()),
                Tables.describe(table),
                chosen.which(),
                rows,
                page ? 0 : rows - chosen.head().size() - chosen.tail().size(),
                all.length,
                List.of(Summaries.of(shown, budget, nanoTime)),
                wide ? FIRST_COLUMNS : shown.length,
                hidden,
                chosen.head(),
                chosen.tail());
    }

    /** {@code trips: 1,369,765 rows × 18 columns (first 10, last 5)}. */
    String caption() {
        return (name.isEmpty() ? "" : Shown.cut(name, Shown.LONGEST_CELL) + ": ")
                + shape
                + (which.isEmpty() ? "" : " (" + which + ")");
    }

    /** The chosen rows, or the first of the table. */
    List<Integer> firstRows(int most) {
        return tail.isEmpty()
                ? head.subList(0, Math.min(most, head.size()))
                : IntStream.range(0, Math.min(most, rows)).boxed().toList();
    }

    Excerpt withoutTail() {
        return tail.isEmpty()
                ? this
                : new Excerpt(
                        name,
                        shape,
                        "first " + head.size(),
                        rows,
                        skipped + tail.size(),
                        columnCount,
                        columns,
                        before,
                        hidden,
                        head,
                        List.of());
    }

    /** Only so many of the columns; the others are named. */
    Excerpt withColumns(int count) {
        List<String> more = new ArrayList<>();
        columns.subList(count, columns.size()).forEach(column -> more.add(column.name()));
        more.addAll(0, hidden);
        return new Excerpt(
                name, shape, which, rows, skipped, columnCount, columns.subList(0, count), count, more, head, tail);
    }
}
