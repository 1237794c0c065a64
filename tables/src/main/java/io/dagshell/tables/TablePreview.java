package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.tables.preview.Previews;
import java.time.Duration;
import tech.tablesaw.api.Table;

/**
 * A table for the eye: shape, and per column type, missing values, range or most frequent texts and a small histogram, over
 * the first and last rows. Static, escaped and limited in size and time.
 *
 * <pre>{@code
 * System.out.println(TablePreview.of(trips).text());
 * }</pre>
 */
public final class TablePreview {
    /** For programs and language models; see {@link #json}. */
    public static final String JSON = Previews.JSON;

    static final Duration BUDGET = Duration.ofMillis(150);

    private final MimeBundle bundle;

    private TablePreview(MimeBundle bundle) {
        this.bundle = bundle;
    }

    /** Looks at the table now; later changes to it are not seen. */
    public static TablePreview of(Table table) {
        return new TablePreview(Previews.bundle(table, BUDGET, System::nanoTime));
    }

    /** Aligned, at most 120 columns wide, ends with the shape. */
    public String text() {
        return bundle.get(MimeBundle.TEXT).orElseThrow();
    }

    /** One static table of at most 64 KB. */
    public String html() {
        return bundle.get(MimeBundle.HTML).orElseThrow();
    }

    /** Name, rows, columns with type, missing, min and max, and the first rows, in at most 8 KB. */
    public String json() {
        return bundle.get(JSON).orElseThrow();
    }

    /** All three, by MIME type. */
    public MimeBundle bundle() {
        return bundle;
    }
}
