package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Reads a source in chunks. Types not given are found in the first {@value #SAMPLE} rows and stand from there on; at least
 * one chunk comes, without rows if the file has none. Used by one thread.
 */
public final class CsvChunks implements Closeable {
    private static final int SAMPLE = 100_000;

    private final Source source;
    private final CsvOptions options;
    private final int chunkRows;
    private final Optional<Call> call = CurrentCall.find();
    private @Nullable CsvParser parser;
    private @Nullable Table sample;
    private int given;
    private boolean started;
    private boolean ended;

    public CsvChunks(Source source, CsvOptions options, int chunkRows) {
        this.source = source;
        this.options = options;
        this.chunkRows = chunkRows;
    }

    /** The next rows, or null after the last. */
    public @Nullable Table next() throws IOException {
        call.map(Call::cancellation).ifPresent(Cancellation::check);
        if (!started) {
            started = true;
            start();
        }
        if (sample != null) {
            return nextOfSample(sample);
        }
        if (ended || parser == null) {
            return null;
        }
        int rows = parser.read(chunkRows);
        ended = rows < chunkRows;
        return rows == 0 ? null : parser.take();
    }

    private void start() throws IOException {
        int rows = Math.max(chunkRows, SAMPLE);
        CsvParser first = open(null);
        int read = first.read(rows);
        if (first.mustReadAgain()) {
            Schema found = first.schema();
            first.close();
            first = open(found);
            read = first.read(rows);
        }
        sample = first.take();
        first.settle();
        ended = read < rows;
    }

    private CsvParser open(@Nullable Schema found) throws IOException {
        CsvParser opened = CsvParser.open(source, options, found);
        parser = opened;
        return opened;
    }

    private Table nextOfSample(Table all) {
        int from = given;
        int to = Math.min(all.rowCount(), from + chunkRows);
        given = to;
        if (to == all.rowCount()) {
            sample = null;
        }
        return from == 0 && to == all.rowCount() ? all : all.inRange(from, to);
    }

    @Override
    public void close() throws IOException {
        ended = true;
        sample = null;
        if (parser != null) {
            parser.close();
        }
    }
}
