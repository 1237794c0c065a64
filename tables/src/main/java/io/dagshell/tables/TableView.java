package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.engine.view.View;
import tech.tablesaw.api.Table;

/** Shows tables, and previews of them. A stream shows what it is; showing it does not read it. */
public final class TableView implements View {

    public TableView() {
        Tables.prepare();
    }

    @Override
    public boolean shows(Object value) {
        return value instanceof Table || value instanceof TablePreview || value instanceof TableStream;
    }

    @Override
    public MimeBundle render(Object value) {
        if (value instanceof Table table) {
            return TablePreview.of(table).bundle();
        }
        return value instanceof TablePreview preview ? preview.bundle() : MimeBundle.text(value.toString());
    }
}
