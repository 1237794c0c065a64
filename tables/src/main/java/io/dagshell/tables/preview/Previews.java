package io.dagshell.tables.preview;

import io.dagshell.engine.view.MimeBundle;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import tech.tablesaw.api.Table;

/** Makes the bundle of a table: text, HTML, JSON, all from one look at it. */
public final class Previews {
    public static final String JSON = "application/vnd.dagshell.table+json";

    private Previews() {}

    /**
     * The bundle.
     *
     * @param budget for looking at values; beyond it numbers come from a sample and are marked
     * @param nanoTime the clock the budget is measured with
     */
    public static MimeBundle bundle(Table table, Duration budget, LongSupplier nanoTime) {
        return bundle(Excerpt.of(table, budget, nanoTime));
    }

    /**
     * The bundle with chosen rows.
     *
     * @param rows in the order they are shown
     * @param which rows they are, as the caption says it
     */
    public static MimeBundle bundle(
            Table table, List<Integer> rows, String which, Duration budget, LongSupplier nanoTime) {
        return bundle(Excerpt.of(table, new Excerpt.Rows(rows, List.of(), Shown.visible(which)), budget, nanoTime));
    }

    private static MimeBundle bundle(Excerpt excerpt) {
        return MimeBundle.text(new TableText(excerpt).render())
                .with(MimeBundle.HTML, TableHtml.render(excerpt))
                .with(JSON, new TableJson(excerpt).render());
    }
}
