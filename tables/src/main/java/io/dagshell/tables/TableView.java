package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.engine.view.View;
import tech.tablesaw.api.Table;

/** Shows tables, previews and plots of them. A stream shows what it is; showing it does not read it. */
public final class TableView implements View {

    public TableView() {
        Tables.prepare();
    }

    @Override
    public boolean shows(Object value) {
        return value instanceof Table
                || value instanceof TablePreview
                || value instanceof PagedPreview
                || value instanceof Plot
                || value instanceof TableStream;
    }

    @Override
    public MimeBundle render(Object value) {
        if (value instanceof Table table) {
            return TablePreview.of(table).bundle();
        }
        if (value instanceof TablePreview preview) {
            return preview.bundle();
        }
        if (value instanceof PagedPreview preview) {
            return preview.bundle();
        }
        return value instanceof Plot plot ? plot.bundle() : MimeBundle.text(value.toString());
    }
}
