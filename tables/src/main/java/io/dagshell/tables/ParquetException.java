package io.dagshell.tables;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A Parquet file that cannot be read or written as asked: the message names file, column and row, and says what is wrong. */
public class ParquetException extends IOException implements KnowsFailureKind {
    private static final long serialVersionUID = 1;

    private final String source;
    private final long row;
    private final @Nullable String column;
    private final FailureKind kind;

    /** @param row from 1; 0 if no row is to blame */
    public ParquetException(
            FailureKind kind,
            String source,
            @Nullable String column,
            long row,
            String problem,
            @Nullable Throwable cause) {
        super(
                source + (column == null ? "" : ", column " + column)
                        + (row == 0 ? "" : String.format(", row %,d", row)) + ": " + problem,
                cause);
        this.source = source;
        this.row = row;
        this.column = column;
        this.kind = kind;
    }

    /** The file or address. */
    public String source() {
        return source;
    }

    /** From 1. */
    public OptionalLong row() {
        return row == 0 ? OptionalLong.empty() : OptionalLong.of(row);
    }

    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** What is wrong in a file stays wrong; a file that is not there may come. */
    @Override
    public FailureKind failureKind() {
        return kind;
    }
}
