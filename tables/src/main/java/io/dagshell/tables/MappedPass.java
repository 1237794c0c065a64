package io.dagshell.tables;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** A pass whose chunks are changed on the way. Chunks left without rows are dropped, but never all of them. */
final class MappedPass implements TableStream.Chunks {
    private final TableStream.Chunks chunks;
    private final UnaryOperator<Table> change;
    private final String name;
    private @Nullable Table empty;
    private @Nullable Schema schema;
    private boolean given;

    MappedPass(TableStream.Chunks chunks, UnaryOperator<Table> change, String name) {
        this.chunks = chunks;
        this.change = change;
        this.name = name;
    }

    @Override
    public @Nullable Table next() throws IOException {
        for (Table chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            Table changed = sameColumns(change.apply(chunk));
            if (changed.rowCount() > 0) {
                given = true;
                return changed;
            }
            empty = changed;
        }
        if (given) {
            return null;
        }
        given = true;
        return empty;
    }

    private Table sameColumns(Table changed) {
        Schema now = Schema.of(changed);
        if (schema == null) {
            schema = now;
        } else if (!schema.equals(now)) {
            throw new IllegalStateException(
                    "a chunk of " + name + " came with columns [" + now + "], the first with [" + schema + "]");
        }
        return changed;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
