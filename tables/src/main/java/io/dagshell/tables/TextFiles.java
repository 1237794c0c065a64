package io.dagshell.tables;

import io.dagshell.tables.csv.CsvSink;
import io.dagshell.tables.csv.JsonLinesSink;
import io.dagshell.tables.csv.TextSink;
import java.io.IOException;
import java.nio.file.Path;
import tech.tablesaw.api.Table;

/** Writes whole files of text. */
final class TextFiles {
    private TextFiles() {}

    static Path writeCsv(Table table, Path file, CsvOptions options) throws IOException {
        return write(table, file, new CsvSink(file, options));
    }

    static Path writeCsv(TableStream stream, Path file, CsvOptions options) throws IOException {
        return write(stream, file, new CsvSink(file, options));
    }

    static Path writeJsonLines(Table table, Path file) throws IOException {
        return write(table, file, new JsonLinesSink(file));
    }

    static Path writeJsonLines(TableStream stream, Path file) throws IOException {
        return write(stream, file, new JsonLinesSink(file));
    }

    private static Path write(Table table, Path file, TextSink into) throws IOException {
        try (TextSink sink = into) {
            sink.write(table);
            sink.finish();
        }
        return file;
    }

    private static Path write(TableStream stream, Path file, TextSink into) throws IOException {
        try (TextSink sink = into) {
            stream.forEach(sink::write);
            sink.finish();
        }
        return file;
    }
}
