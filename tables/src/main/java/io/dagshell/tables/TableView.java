package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.engine.view.View;
import tech.tablesaw.api.Table;

/** Shows a table as text and as one static HTML table, see {@link TablePreview}. */
public final class TableView implements View {

    @Override
    public boolean shows(Object value) {
        return value instanceof Table;
    }

    @Override
    public MimeBundle render(Object value) {
        TablePreview preview = TablePreview.of((Table) value);
        return MimeBundle.text(preview.text()).with(MimeBundle.HTML, preview.html());
    }
}
