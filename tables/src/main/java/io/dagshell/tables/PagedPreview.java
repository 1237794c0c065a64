package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.tables.column.FastTable;
import io.dagshell.tables.preview.Previews;
import io.dagshell.tables.preview.RowOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * A table looked at page by page, sorted and filtered: code, so that it is the same in a run without a screen. Each method
 * gives another preview; the table stays as it is.
 *
 * <pre>{@code
 * preview(trips).where(t -> t.doubleColumn("fare_amount").isGreaterThan(100)).sortBy("-fare_amount").page(3)
 * }</pre>
 */
public final class PagedPreview {
    private static final int ROWS = 20;
    private static final int MOST_ROWS = 200;

    private final Table table;
    private final List<String> sortedBy;
    private final int page;
    private final int rows;
    private final boolean filtered;

    private PagedPreview(Table table, List<String> sortedBy, int page, int rows, boolean filtered) {
        this.table = table;
        this.sortedBy = sortedBy;
        this.page = page;
        this.rows = rows;
        this.filtered = filtered;
    }

    static PagedPreview of(Table table) {
        return new PagedPreview(table, List.of(), 1, ROWS, false);
    }

    /** The n-th page, from 1. */
    public PagedPreview page(int number) {
        return new PagedPreview(table, sortedBy, number, rows, filtered);
    }

    /** Rows on a page, 20 if not said, at most 200. */
    public PagedPreview rows(int number) {
        if (number < 1 || number > MOST_ROWS) {
            throw new IllegalArgumentException("a page has 1 to " + MOST_ROWS + " rows, not " + number);
        }
        return new PagedPreview(table, sortedBy, page, number, filtered);
    }

    /** Sorted by columns, the first counts most; {@code "-fare"} is descending. Missing values come last. */
    public PagedPreview sortBy(String... columns) {
        Arrays.stream(columns).forEach(this::by);
        return new PagedPreview(table, List.of(columns), page, rows, filtered);
    }

    /** Only the selected rows. */
    public PagedPreview where(Selection selection) {
        return new PagedPreview(FastTable.of(table).where(selection), sortedBy, page, rows, true);
    }

    /** Only the rows selected: {@code where(t -> t.intColumn("n").isGreaterThan(1))}. */
    public PagedPreview where(Function<? super Table, Selection> selection) {
        return where(selection.apply(FastTable.of(table)));
    }

    /** What is shown, by MIME type. */
    public MimeBundle bundle() {
        int all = table.rowCount();
        int pages = Math.max(1, (all + rows - 1) / rows);
        if (page < 1 || page > pages) {
            throw new IllegalArgumentException("there is no page " + page + ": " + Tables.describe(table) + " are "
                    + pages + (pages == 1 ? " page" : " pages") + " of " + rows);
        }
        int from = (page - 1) * rows;
        int to = Math.min(all, from + rows);
        int[] order = sortedBy.isEmpty()
                ? IntStream.range(0, all).toArray()
                : RowOrder.of(all, sortedBy.stream().map(this::by).toList());
        List<Integer> shown = Arrays.stream(order, from, to).boxed().toList();
        return Previews.bundle(table, shown, which(pages), TablePreview.BUDGET, System::nanoTime);
    }

    private String which(int pages) {
        String text = String.format(Locale.ROOT, "page %,d of %,d", page, pages);
        text += sortedBy.isEmpty() ? "" : ", sorted by " + String.join(", ", sortedBy);
        return text + (filtered ? ", filtered" : "");
    }

    /** A name that starts with a minus is the name if there is such a column. */
    private RowOrder.By by(String column) {
        boolean descending = column.startsWith("-") && !has(column);
        String name = descending ? column.substring(1) : column;
        if (!has(name)) {
            throw new IllegalArgumentException(
                    "there is no column '" + name + "'; the table has " + String.join(", ", table.columnNames()));
        }
        return new RowOrder.By(table.column(name), descending);
    }

    private boolean has(String column) {
        return table.columnNames().stream().anyMatch(name -> name.equalsIgnoreCase(column));
    }

    @Override
    public String toString() {
        return bundle().get(MimeBundle.TEXT).orElseThrow();
    }
}
