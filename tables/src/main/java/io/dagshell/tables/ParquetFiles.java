package io.dagshell.tables;

import io.dagshell.tables.parquet.ParquetRows;
import io.dagshell.tables.parquet.ParquetSink;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Whole Parquet files, and passes over them. */
final class ParquetFiles {
    private ParquetFiles() {}

    static Table read(Path file, ParquetOptions options) throws IOException {
        try (ParquetRows rows = open(file, options)) {
            Table table = rows.next(Integer.MAX_VALUE);
            if (table == null || table.rowCount() < rows.total()) {
                throw new IOException(
                        file + " has " + rows.total() + " rows, more than a table holds; use Tables.streamParquet");
            }
            return table;
        }
    }

    static TableStream.Chunks pass(Path file, int chunkRows, ParquetOptions options) throws IOException {
        return new Pass(open(file, options), chunkRows);
    }

    static Path write(Table table, Path file, ParquetCompression compression) throws IOException {
        try (ParquetSink sink = new ParquetSink(file, compression)) {
            sink.write(table);
            sink.finish();
        }
        return file;
    }

    static Path write(TableStream stream, Path file, ParquetCompression compression) throws IOException {
        try (ParquetSink sink = new ParquetSink(file, compression)) {
            stream.forEach(sink::write);
            sink.finish();
        }
        return file;
    }

    private static ParquetRows open(Path file, ParquetOptions options) throws IOException {
        String last = String.valueOf(file.getFileName());
        return ParquetRows.open(file, file.toString(), last.replaceFirst("(?i)\\.parquet$", ""), options);
    }

    private record Pass(ParquetRows rows, int chunkRows) implements TableStream.Chunks {
        @Override
        public @Nullable Table next() throws IOException {
            return rows.next(chunkRows);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
