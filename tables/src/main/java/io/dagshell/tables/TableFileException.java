package io.dagshell.tables;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows that cannot be fetched, read or written as asked: the message names file, line and column, and says what is
 * wrong. What is wrong within a Parquet file is a {@link ParquetException}.
 */
public class TableFileException extends IOException implements KnowsFailureKind {
    private static final long serialVersionUID = 1;

    private final String source;
    private final long line;
    private final @Nullable String column;

    /** About the file as a whole. */
    public TableFileException(String source, String problem, @Nullable Throwable cause) {
        this(source, 0, null, problem, cause);
    }

    /**
     * About one place.
     *
     * @param line from 1, the header included; 0 if no line is to blame
     * @param column null if no column is to blame
     */
    public TableFileException(
            String source, long line, @Nullable String column, String problem, @Nullable Throwable cause) {
        super(place(source, line, column) + ": " + problem, cause);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /** The file or address. */
    public String source() {
        return source;
    }

    /** The line of the file where the record starts, from 1. */
    public OptionalLong line() {
        return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }

    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** A line that is wrong stays wrong; a file or server that is not there may come. */
    @Override
    public FailureKind failureKind() {
        return line == 0 ? FailureKind.RESOURCE : FailureKind.USER;
    }

    private static String place(String source, long line, @Nullable String column) {
        return source + (line == 0 ? "" : ", line " + line) + (column == null ? "" : ", column " + column);
    }
}
