package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Writes a file of text table by table; {@link #finish} gives it its name. Closed without it, nothing is left. Used by one thread. */
public abstract class TextSink implements Closeable {
    private static final int ROWS_BETWEEN_CHECKS = 1 << 14;

    private final PartFile file;
    private final Writable writable;
    private final Optional<Call> call = CurrentCall.find();
    private @Nullable Schema schema;
    private long rows;

    TextSink(Path target, Charset charset) throws IOException {
        writable = new Writable(target, charset);
        file = PartFile.of(target, charset);
    }

    final Writer text() {
        return file.text();
    }

    /** Rows after those written before; columns must be the first table's. */
    public final void write(Table table) throws IOException {
        writable.check(table, schema, rows);
        try {
            if (schema == null) {
                schema = Schema.of(table);
                begin(schema);
            }
            RowWriter writer = writer(table, rows);
            for (int row = 0; row < table.rowCount(); row++) {
                writer.write(row);
                rows++;
                if (rows % ROWS_BETWEEN_CHECKS == 0) {
                    call.ifPresent(this::report);
                }
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    interface RowWriter {
        void write(int row) throws IOException;
    }

    /** Before the first row. */
    void begin(Schema columns) {}

    /** @param before how many rows were written before the table's */
    abstract RowWriter writer(Table table, long before);

    /** All rows are written: what is held goes to {@link #text}. */
    abstract void end() throws IOException;

    private void report(Call working) {
        working.cancellation().check();
        working.progress().report(rows, -1, "rows");
    }

    /** Ends the file and gives it its name, over what was there. */
    public final void finish() throws IOException {
        end();
        call.ifPresent(this::report);
        file.finish();
    }

    @Override
    public final void close() throws IOException {
        file.close();
    }
}
