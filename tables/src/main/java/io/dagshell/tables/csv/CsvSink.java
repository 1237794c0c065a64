package io.dagshell.tables.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dagshell.engine.run.Call;
import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Writes a csv file table by table; {@link #finish} gives it its name. Closed without it, nothing is left. Used by one thread. */
public final class CsvSink implements Closeable {
    private static final int ROWS_BETWEEN_CHECKS = 1 << 14;

    private final PartFile file;
    private final Writable writable;
    private final CsvWriter records;
    private final Optional<Call> call = CurrentCall.find();
    private @Nullable Schema schema;
    private long rows;

    public CsvSink(Path target, CsvOptions options) throws IOException {
        writable = new Writable(target, options.charset());
        file = PartFile.of(target, options.charset());
        records = CsvWriter.builder()
                .fieldSeparator(options.separatorOf(target.toString()))
                .lineDelimiter(LineDelimiter.LF)
                .build(file.text());
    }

    /** Rows after those written before; columns must be the first table's. */
    public void write(Table table) throws IOException {
        writable.check(table, schema, rows);
        try {
            if (schema == null) {
                schema = Schema.of(table);
                records.writeRecord(schema.names());
            }
            writeRows(table);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private void writeRows(Table table) {
        CellText[] cells = table.columns().stream().map(CellText::of).toArray(CellText[]::new);
        String[] fields = new String[cells.length];
        for (int row = 0; row < table.rowCount(); row++) {
            for (int i = 0; i < cells.length; i++) {
                fields[i] = cells[i].at(row);
            }
            records.writeRecord(fields);
            rows++;
            if (rows % ROWS_BETWEEN_CHECKS == 0) {
                call.ifPresent(this::report);
            }
        }
    }

    private void report(Call working) {
        working.cancellation().check();
        working.progress().report(rows, -1, "rows");
    }

    /** Ends the file and gives it its name, over what was there. */
    public void finish() throws IOException {
        records.close();
        call.ifPresent(this::report);
        file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
