package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Reads a source in chunks. Types not given are found in the first {@value #SAMPLE} rows and stand from there on; at least
 * one chunk comes, without rows if the file has none. Used by one thread; {@link #close} may come from any.
 */
final class TableChunks implements Closeable {
    private static final int SAMPLE = 100_000;

    private final RowFile file;
    private final int chunkRows;
    private final Optional<Call> call = CurrentCall.find();
    private volatile @Nullable Rows parser;
    private @Nullable Table sample;
    private int given;
    private boolean started;
    private volatile boolean closed;
    private boolean ended;

    TableChunks(RowFile file, int chunkRows) {
        this.file = file;
        this.chunkRows = chunkRows;
    }

    /** The next rows, or null after the last. */
    @Nullable
    Table next() throws IOException {
        call.map(Call::cancellation).ifPresent(Cancellation::check);
        if (!started) {
            started = true;
            start();
        }
        if (sample != null) {
            return nextOfSample(sample);
        }
        Rows open = parser;
        if (ended || open == null) {
            return null;
        }
        int rows = open.read(chunkRows);
        end(open, rows < chunkRows);
        return rows == 0 ? null : open.take();
    }

    private void start() throws IOException {
        int rows = Math.max(chunkRows, SAMPLE);
        Rows first = open(null);
        int read = first.read(rows);
        if (first.mustReadAgain()) {
            Schema found = first.schema();
            first.close();
            first = open(found);
            read = first.read(rows);
        }
        sample = first.take();
        first.settle();
        end(first, read < rows);
    }

    private void end(Rows open, boolean last) {
        ended = last;
        if (last) {
            open.passedOver().ifPresent(told -> CurrentCall.warn(call, told));
        }
    }

    private Rows open(@Nullable Schema found) throws IOException {
        Rows opened = file.open(found);
        parser = opened;
        if (closed) {
            opened.close(); // closed while it was being opened
        }
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
        closed = true;
        Rows open = parser;
        if (open != null) {
            open.close();
        }
    }
}
