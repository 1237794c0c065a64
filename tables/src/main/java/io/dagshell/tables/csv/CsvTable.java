package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.Schema;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Reads a whole source as one table; twice, if a type turned out to be text too late. */
public final class CsvTable {
    private static final int ROWS_BETWEEN_CHECKS = 1 << 15;

    private final Source source;
    private final CsvOptions options;

    public CsvTable(Source source, CsvOptions options) {
        this.source = source;
        this.options = options;
    }

    /** The table, with progress and cancellation of the call this thread works for. */
    public Table read() throws IOException {
        Schema found;
        try (CsvParser parser = CsvParser.open(source, options, null)) {
            readAll(parser);
            if (!parser.mustReadAgain()) {
                return taken(parser);
            }
            found = parser.schema();
        }
        return readAgain(found);
    }

    private Table readAgain(@Nullable Schema found) throws IOException {
        try (CsvParser parser = CsvParser.open(source, options, found)) {
            readAll(parser);
            return taken(parser);
        }
    }

    private static Table taken(CsvParser parser) {
        parser.passedOver().ifPresent(told -> CurrentCall.warn(CurrentCall.find(), told));
        return parser.take();
    }

    private static void readAll(CsvParser parser) throws IOException {
        Optional<Call> call = CurrentCall.find();
        while (parser.read(ROWS_BETWEEN_CHECKS) == ROWS_BETWEEN_CHECKS) {
            call.ifPresent(working -> {
                working.cancellation().check();
                working.progress().report(parser.consumedBytes(), parser.expectedBytes(), "bytes");
            });
        }
    }
}
