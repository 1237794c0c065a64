package io.dagshell.tables.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import io.dagshell.tables.column.FastTable;
import io.dagshell.tables.column.InParallel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table kept for as long as a run lasts, in case it is resumed: a blob for each column, nothing packed, written side by
 * side. It comes back read, and is digested like a table that was just made.
 */
final class PlainForm {
    static final String PLAIN = "plain";

    private PlainForm() {}

    static JsonNode encode(Table table, BlobWriter blobs) throws IOException {
        Column<?>[] columns = StoredTable.look(table);
        Cells[] cells = Arrays.stream(columns).map(TableDigest::cells).toArray(Cells[]::new);
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("name", table.name());
        stored.put("rows", table.rowCount());
        ArrayNode described = stored.putArray(PLAIN);
        try {
            Digest[] addresses = InParallel.each(columns.length, i -> write(cells[i], blobs), Digest[]::new);
            for (int i = 0; i < columns.length; i++) {
                described
                        .addObject()
                        .put("name", columns[i].name())
                        .put("type", columns[i].type().name())
                        .put("blob", addresses[i].hex());
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return stored;
    }

    private static Digest write(Cells cells, BlobWriter blobs) {
        try {
            return blobs.write(out -> PlainColumn.write(cells, out));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Table decode(JsonNode stored, BlobReader blobs) throws IOException {
        int rows = StoredForm.field(stored, "rows").intValue();
        JsonNode columns = StoredForm.field(stored, PLAIN);
        try {
            Column<?>[] read =
                    InParallel.each(columns.size(), i -> read(columns.get(i), rows, blobs), Column<?>[]::new);
            return new FastTable(StoredForm.field(stored, "name").asText(), Arrays.asList(read));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        } catch (IllegalArgumentException | NullPointerException malformed) {
            throw new IOException("not a stored table", malformed);
        }
    }

    private static Column<?> read(JsonNode column, int rows, BlobReader blobs) {
        try (InputStream in =
                blobs.open(new Digest(StoredForm.field(column, "blob").textValue()))) {
            Cells empty = Cells.empty(StoredForm.field(column, "type").textValue(), rows);
            return PlainColumn.read(empty, in)
                    .column(StoredForm.field(column, "name").textValue());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
