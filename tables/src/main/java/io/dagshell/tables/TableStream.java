package io.dagshell.tables;

import io.dagshell.tables.csv.ChunksAhead;
import io.dagshell.tables.csv.RowFile;
import io.dagshell.tables.csv.Source;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * A table too large to hold, as chunks of rows. Describes what to read and what to do with each chunk; reading happens when
 * it is drained, one pass each time, so that a retry simply drains it again. Immutable and thread-safe; what is open is in
 * {@link Chunks}.
 *
 * <pre>{@code
 * TableStream trips = Tables.stream(uri, 100_000).filter(chunk -> chunk.intColumn("passenger_count").isNotEqualTo(0));
 * try (TableStream.Chunks chunks = trips.open()) {
 *     for (Table chunk = chunks.next(); chunk != null; chunk = chunks.next()) { … }
 * }
 * }</pre>
 */
public final class TableStream {
    private final Opener opener;
    private final String name;

    /** Starts a pass over a source; called once a pass, each time anew. Thread-safe. */
    @FunctionalInterface
    public interface Opener {
        Chunks open() throws IOException;
    }

    private TableStream(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** A stream of another source's chunks, for blocks. {@code name} is what the stream and its tables are called. */
    public static TableStream of(String name, Opener opener) {
        return new TableStream(name, opener);
    }

    static TableStream parquet(Source source, int chunkRows, ParquetOptions options) {
        checkRows(chunkRows);
        return new TableStream(source.name(), () -> ParquetFiles.pass(source, chunkRows, options));
    }

    private static void checkRows(int chunkRows) {
        if (chunkRows < 1) {
            throw new IllegalArgumentException("chunks need at least one row, not " + chunkRows);
        }
    }

    static TableStream rows(RowFile file, int chunkRows) {
        checkRows(chunkRows);
        return new TableStream(file.name(), () -> new RowPass(new ChunksAhead(file, chunkRows)));
    }

    /** One pass. Used by one thread; closing early ends the reading thread and closes the file. */
    public interface Chunks extends AutoCloseable {
        /** The next chunk, or null after the last. There is at least one; only the only one may be without rows. */
        @Nullable
        Table next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Takes chunks; may throw. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(Table chunk) throws E;
    }

    /** Starts a pass. */
    public Chunks open() throws IOException {
        return opener.open();
    }

    /** Names and types of the columns, as the first chunk has them; reads the start of the source. */
    public Schema schema() throws IOException {
        try (Chunks chunks = open()) {
            Table first = chunks.next();
            return first == null ? new Schema(List.of(), false) : Schema.of(first);
        }
    }

    /** Each chunk replaced. Chunks must keep the same columns among each other. */
    public TableStream map(UnaryOperator<Table> change) {
        return new TableStream(name, () -> new MappedPass(opener.open(), change, name));
    }

    /** The rows selected in each chunk: {@code filter(chunk -> chunk.intColumn("n").isNotEqualTo(0))}. */
    public TableStream filter(Function<Table, Selection> keep) {
        return map(chunk -> Rows.keep(chunk, keep.apply(chunk)));
    }

    /** Each chunk shown to {@code look} as it passes. */
    public TableStream peek(Consumer<Table> look) {
        return map(chunk -> {
            look.accept(chunk);
            return chunk;
        });
    }

    /** Drains the stream. */
    public <E extends Exception> void forEach(Taker<E> taker) throws IOException, E {
        try (Chunks chunks = open()) {
            for (Table chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                taker.take(chunk);
            }
        }
    }

    /** All chunks as one table. */
    public Table toTable() throws IOException {
        try (Chunks chunks = open()) {
            Table all = chunks.next();
            if (all == null) {
                return Table.create(name);
            }
            for (Table chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                all.append(chunk);
            }
            return all;
        }
    }

    @Override
    public String toString() {
        return "stream of " + name;
    }

    private record RowPass(ChunksAhead chunks) implements Chunks {
        @Override
        public @Nullable Table next() throws IOException {
            return chunks.next();
        }

        @Override
        public void close() throws IOException {
            chunks.close();
        }
    }
}
