package io.dagshell.tables.stored;

import io.dagshell.engine.value.Digest;
import io.dagshell.tables.column.InParallel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.Column;

/**
 * The columns of a stored table, packed one after the other. The bytes are fetched when the first column is asked for;
 * asking for a second one unpacks the rest side by side, because then most likely all are wanted.
 */
final class StoredColumns {

    /** A column at rest: what can be said without unpacking, and how long its packed bytes are. */
    record Packed(String name, String type, int length) {}

    /** Where the packed bytes are. */
    interface Bytes {
        byte[] read() throws IOException;
    }

    private final List<Packed> columns;
    private final int rows;
    private final Digest content;
    private final Column<?>[] unpacked;
    private final Bytes bytes;
    private byte @Nullable [] fetched;
    private int asked;

    StoredColumns(List<Packed> columns, int rows, Digest content, Bytes bytes) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.content = content;
        this.bytes = bytes;
        unpacked = new Column<?>[columns.size()];
    }

    /** The same columns, none of them unpacked. */
    StoredColumns again() {
        return new StoredColumns(columns, rows, content, bytes);
    }

    int rows() {
        return rows;
    }

    Digest content() {
        return content;
    }

    List<Packed> columns() {
        return columns;
    }

    /** The column, unpacked; the same object each time. */
    synchronized Column<?> column(int index) {
        if (unpacked[index] == null) {
            asked++;
            if (asked == 1) {
                unpacked[index] = unpack(index);
            } else {
                unpackAll();
            }
        }
        return unpacked[index];
    }

    private void unpackAll() {
        fetch();
        InParallel.each(
                unpacked.length, i -> unpacked[i] == null ? unpacked[i] = unpack(i) : unpacked[i], Column<?>[]::new);
        fetched = null;
    }

    private Column<?> unpack(int index) {
        int offset = columns.subList(0, index).stream().mapToInt(Packed::length).sum();
        Packed packed = columns.get(index);
        try {
            byte[] all = fetch();
            if (offset + packed.length() > all.length) {
                throw new IOException("a stored table ends too early");
            }
            FrameInput in = new FrameInput(all, offset, packed.length());
            return ColumnPacking.unpack(Cells.empty(packed.type(), rows), in).column(packed.name());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("column " + packed.name() + " of a cached table cannot be read", unreadable);
        }
    }

    private byte[] fetch() {
        byte[] known = fetched;
        if (known == null) {
            try {
                known = bytes.read();
            } catch (IOException unreadable) {
                throw new UncheckedIOException("a cached table cannot be read", unreadable);
            }
            fetched = known;
        }
        return known;
    }
}
