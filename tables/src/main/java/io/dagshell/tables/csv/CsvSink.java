package io.dagshell.tables.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.Schema;
import java.io.IOException;
import java.nio.file.Path;
import tech.tablesaw.api.Table;

/** Writes a csv file: a header, then the rows of each table. */
public final class CsvSink extends TextSink {
    private final CsvWriter records;

    public CsvSink(Path target, CsvOptions options) throws IOException {
        super(target, options.charset());
        records = CsvWriter.builder()
                .fieldSeparator(options.separatorOf(target.toString()))
                .lineDelimiter(LineDelimiter.LF)
                .build(text());
    }

    @Override
    void begin(Schema columns) {
        records.writeRecord(columns.names());
    }

    @Override
    RowWriter writer(Table table, long before) {
        CellText[] cells = table.columns().stream().map(CellText::of).toArray(CellText[]::new);
        String[] fields = new String[cells.length];
        return row -> {
            for (int i = 0; i < cells.length; i++) {
                fields[i] = cells[i].at(row);
            }
            records.writeRecord(fields);
        };
    }

    @Override
    void end() throws IOException {
        records.close();
    }
}
