package io.dagshell.tables.csv;

import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** One pass over one source of text: rows in, tables out. Used by one thread; {@link #close} may come from any. */
interface Rows extends Closeable {

    /** Reads up to {@code limit} more rows; how many there were. Fewer than asked for: the end. */
    int read(int limit) throws IOException;

    long consumedBytes();

    long expectedBytes();

    /** Whether a type was found too late, so that values of its column are lost and the source must be read again. */
    boolean mustReadAgain();

    /** Names and types as found so far. */
    Schema schema();

    /** The rows since the last time, as a table. */
    Table take();

    /** From now on the types found stand: a value that does not fit is an error. To be called after {@link #take}. */
    void settle();

    /** How many rows were passed over so far, as a progress line tells it; empty if none was. */
    String passedOverNote();

    /** How many rows were passed over so far, and the first of them; empty if none was. */
    Optional<String> passedOver();
}
