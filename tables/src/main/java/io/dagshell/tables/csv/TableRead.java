package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.tables.Schema;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Reads a whole source as one table; twice, if a type turned out to be text too late. */
public final class TableRead {
    private static final int ROWS_BETWEEN_CHECKS = 1 << 15;

    private final RowFile file;

    public TableRead(RowFile file) {
        this.file = file;
    }

    /** The table, with progress and cancellation of the call this thread works for. */
    public Table read() throws IOException {
        Schema found;
        try (Rows rows = file.open(null)) {
            readAll(rows);
            if (!rows.mustReadAgain()) {
                return taken(rows);
            }
            found = rows.schema();
        }
        return readAgain(found);
    }

    private Table readAgain(@Nullable Schema found) throws IOException {
        try (Rows rows = file.open(found)) {
            readAll(rows);
            return taken(rows);
        }
    }

    private static Table taken(Rows rows) {
        rows.passedOver().ifPresent(told -> CurrentCall.warn(CurrentCall.find(), told));
        return rows.take();
    }

    private static void readAll(Rows rows) throws IOException {
        Optional<Call> call = CurrentCall.find();
        long count = 0;
        int read;
        do {
            read = rows.read(ROWS_BETWEEN_CHECKS);
            count += read;
            String told = told(count, rows.passedOverNote());
            call.ifPresent(working -> {
                working.cancellation().check();
                working.progress().report(rows.consumedBytes(), rows.expectedBytes(), told);
            });
        } while (read == ROWS_BETWEEN_CHECKS);
    }

    /** {@code bytes, 65,536 rows, 3 bad rows skipped}. */
    private static String told(long rows, String passedOver) {
        return String.format(Locale.ROOT, "bytes, %,d %s", rows, rows == 1 ? "row" : "rows")
                + (passedOver.isEmpty() ? "" : ", " + passedOver);
    }
}
