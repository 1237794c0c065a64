package io.dagshell.tables;

import io.dagshell.tables.csv.Fetched;
import io.dagshell.tables.csv.Source;
import io.dagshell.tables.parquet.ParquetRows;
import io.dagshell.tables.parquet.ParquetSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Whole Parquet files, and passes over them. */
final class ParquetFiles {
    private ParquetFiles() {}

    static Table read(Source source, ParquetOptions options) throws IOException {
        try (Local local = Local.of(source);
                ParquetRows rows = local.open(options)) {
            Table table = rows.next(Integer.MAX_VALUE);
            if (table == null || table.rowCount() < rows.total()) {
                throw new IOException(source.name() + " has " + rows.total()
                        + " rows, more than a table holds; use Tables.streamParquet");
            }
            return table;
        }
    }

    static TableStream.Chunks pass(Source source, int chunkRows, ParquetOptions options) throws IOException {
        Local local = Local.of(source);
        try {
            return new Pass(local, local.open(options), chunkRows);
        } catch (IOException | RuntimeException refused) {
            local.close();
            throw refused;
        }
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

    /** A file of this machine: a Parquet file is read from its end, so what is elsewhere is fetched first. */
    private record Local(Source source, Path file, boolean fetched) implements Closeable {
        static Local of(Source source) throws IOException {
            if (source instanceof Source.File here) {
                return new Local(source, here.path(), false);
            }
            Path file = Files.createTempFile("dagshell-", ".parquet");
            try {
                Fetched.into(file, source);
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
            return new Local(source, file, true);
        }

        ParquetRows open(ParquetOptions options) throws IOException {
            return ParquetRows.open(file, source.name(), source.title().replaceFirst("(?i)\\.parquet$", ""), options);
        }

        @Override
        public void close() throws IOException {
            if (fetched) {
                Files.deleteIfExists(file);
            }
        }
    }

    private record Pass(Local local, ParquetRows rows, int chunkRows) implements TableStream.Chunks {
        @Override
        public @Nullable Table next() throws IOException {
            return rows.next(chunkRows);
        }

        @Override
        public void close() throws IOException {
            rows.close();
            local.close();
        }
    }
}
