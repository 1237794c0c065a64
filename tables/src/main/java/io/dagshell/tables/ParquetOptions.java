package io.dagshell.tables;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How to read a Parquet file.
 *
 * @param schema the columns the file must have; a number may come in another type as long as each value fits exactly
 * @param columns the only columns to read, in this order; empty: all
 * @param truncatesTimes whether parts of a millisecond are dropped, which tables do not keep; else they are an error
 */
public record ParquetOptions(Optional<Schema> schema, List<String> columns, boolean truncatesTimes) {
    public ParquetOptions {
        columns = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** All columns, with the types they have in the file. */
    public static ParquetOptions defaults() {
        return new ParquetOptions(Optional.empty(), List.of(), false);
    }

    public ParquetOptions withSchema(Schema expected) {
        return new ParquetOptions(Optional.of(expected), columns, truncatesTimes);
    }

    /** Others are not unpacked, and may be of types that tables do not have. */
    public ParquetOptions withColumns(String... names) {
        return new ParquetOptions(schema, List.of(names), truncatesTimes);
    }

    public ParquetOptions withTruncatedTimes() {
        return new ParquetOptions(schema, columns, true);
    }
}
