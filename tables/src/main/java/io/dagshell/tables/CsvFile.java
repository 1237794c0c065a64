package io.dagshell.tables;

import io.dagshell.tables.csv.CsvSink;
import java.io.IOException;
import java.nio.file.Path;
import tech.tablesaw.api.Table;

/** Writes whole csv files. */
final class CsvFile {
    private CsvFile() {}

    static Path write(Table table, Path file, CsvOptions options) throws IOException {
        try (CsvSink sink = new CsvSink(file, options)) {
            sink.write(table);
            sink.finish();
        }
        return file;
    }

    static Path write(TableStream stream, Path file, CsvOptions options) throws IOException {
        try (CsvSink sink = new CsvSink(file, options)) {
            stream.forEach(sink::write);
            sink.finish();
        }
        return file;
    }
}
