package io.dagshell.tables.csv;

import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.JsonLinesOptions;
import io.dagshell.tables.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source and how its rows are written there. Can be opened again and again. */
public abstract class RowFile {
    private final Source source;

    private RowFile(Source source) {
        this.source = source;
    }

    public static RowFile csv(Source source, CsvOptions options) {
        return new RowFile(source) {
            @Override
            Rows open(@Nullable Schema proven) throws IOException {
                return CsvParser.open(source, options, proven);
            }
        };
    }

    public static RowFile jsonLines(Source source, JsonLinesOptions options) {
        return new RowFile(source) {
            @Override
            Rows open(@Nullable Schema proven) throws IOException {
                return JsonRows.open(source, options, proven);
            }
        };
    }

    /** As messages name it. */
    public final String name() {
        return source.name();
    }

    /** @param proven the types an earlier pass found, by which values are read strictly; null to find them */
    abstract Rows open(@Nullable Schema proven) throws IOException;
}
