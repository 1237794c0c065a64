package io.dagshell.tables.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.tables.column.InParallel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as JSON document and blob: the document says name, rows, content digest, and per column name, type and packed
 * length; the columns are packed one after the other in one blob, or in the document if they are small. What is kept
 * briefly has the {@linkplain PlainForm plain form}.
 */
public final class StoredForm {
    private static final int MOST_INLINE = 4_096;

    private StoredForm() {}

    public static JsonNode encode(Table table, BlobWriter blobs) throws IOException {
        if (blobs.isBrief()) {
            return PlainForm.encode(table, blobs);
        }
        Column<?>[] columns = StoredTable.look(table);
        byte[][] packed =
                InParallel.each(columns.length, i -> ColumnPacking.pack(TableDigest.cells(columns[i])), byte[][]::new);
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("name", table.name());
        stored.put("rows", table.rowCount());
        stored.put("content", content(table, columns).hex());
        ArrayNode described = stored.putArray("columns");
        int length = 0;
        for (int i = 0; i < columns.length; i++) {
            described
                    .addObject()
                    .put("name", columns[i].name())
                    .put("type", columns[i].type().name())
                    .put("length", packed[i].length);
            length += packed[i].length;
        }
        if (length <= MOST_INLINE) {
            stored.put("base64", Base64.getEncoder().encodeToString(joined(packed, length)));
        } else {
            stored.put("blob", blobs.write(out -> writeAll(packed, out)).hex());
        }
        return stored;
    }

    public static Table decode(JsonNode stored, BlobReader blobs) throws IOException {
        if (stored.has(PlainForm.PLAIN)) {
            return PlainForm.decode(stored, blobs);
        }
        try {
            List<StoredColumns.Packed> columns = new ArrayList<>();
            for (JsonNode column : field(stored, "columns")) {
                columns.add(new StoredColumns.Packed(
                        field(column, "name").textValue(),
                        field(column, "type").textValue(),
                        field(column, "length").intValue()));
            }
            StoredColumns all = new StoredColumns(
                    columns,
                    field(stored, "rows").intValue(),
                    new Digest(field(stored, "content").textValue()),
                    bytes(stored, blobs));
            return new StoredTable(field(stored, "name").asText(), all);
        } catch (IllegalArgumentException | NullPointerException malformed) {
            throw new IOException("not a stored table", malformed);
        }
    }

    private static StoredColumns.Bytes bytes(JsonNode stored, BlobReader blobs) throws IOException {
        if (stored.has("base64")) {
            byte[] inline = Base64.getDecoder().decode(stored.get("base64").textValue());
            return () -> inline;
        }
        Digest address = new Digest(field(stored, "blob").textValue());
        return () -> {
            try (InputStream in = blobs.open(address)) {
                return in.readAllBytes();
            }
        };
    }

    private static Digest content(Table table, Column<?>[] columns) {
        Sha256Sink sink = Sha256Sink.create(Sources.local());
        TableDigest.feed(table.name(), columns, sink);
        return sink.finish();
    }

    static JsonNode field(JsonNode stored, String name) throws IOException {
        JsonNode found = stored.get(name);
        if (found == null) {
            throw new IOException("a stored table lacks " + name);
        }
        return found;
    }

    private static byte[] joined(byte[][] parts, int length) {
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static void writeAll(byte[][] parts, OutputStream out) throws IOException {
        for (byte[] part : parts) {
            out.write(part);
        }
    }
}
