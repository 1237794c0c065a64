package io.dagshell.tables.stored;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.DigestSink;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.UnsupportedValueException;
import io.dagshell.tables.column.InParallel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.columns.Column;

/**
 * The content of a table as bytes: its name, number of rows, and per column in order the name, the type and the digest of
 * all values. Nothing is sampled; columns are digested side by side.
 */
public final class TableDigest {
    private TableDigest() {}

    /** The whole table. */
    public static void feed(String name, Column<?>[] columns, DigestSink sink) {
        Digest[] digests = InParallel.each(columns.length, i -> column(cells(columns[i]), sink.fresh()), Digest[]::new);
        sink.tag("table").text(name).integer(columns.length == 0 ? 0 : columns[0].size());
        sink.integer(columns.length);
        for (int i = 0; i < columns.length; i++) {
            byte[] raw = digests[i].raw();
            sink.text(columns[i].name()).text(columns[i].type().name()).bytes(raw, 0, raw.length);
        }
    }

    /** The digest of each column by name, and of what is not in a column. */
    public static Map<String, Digest> parts(String name, Column<?>[] columns) {
        Digest[] digests = InParallel.each(
                columns.length,
                i -> column(
                        cells(columns[i]),
                        Sha256Sink.create(Sources.local())
                                .text(columns[i].type().name())),
                Digest[]::new);
        Sha256Sink shape = Sha256Sink.create(Sources.local());
        shape.text(name).integer(columns.length == 0 ? 0 : columns[0].size());
        Map<String, Digest> parts = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            shape.text(columns[i].name());
            parts.put("column " + columns[i].name(), digests[i]);
        }
        parts.put("its name, rows and order of columns", shape.finish());
        return parts;
    }

    static Cells cells(Column<?> column) {
        return Cells.of(column)
                .orElseThrow(() -> new UnsupportedValueException("column " + column.name() + " is of type "
                        + column.type().name().toLowerCase(Locale.ROOT) + ", which is not stored"));
    }

    private static Digest column(Cells cells, DigestSink sink) {
        byte[] bytes = cells.newBlock();
        for (int from = 0; from < cells.rows(); from += Cells.BLOCK) {
            sink.bytes(bytes, 0, cells.bytes(from, bytes));
        }
        sink.integer(cells.texts().length);
        for (String text : cells.texts()) {
            sink.text(text);
        }
        return sink.finish();
    }
}
