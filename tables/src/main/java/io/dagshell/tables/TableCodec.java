package io.dagshell.tables;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Codec;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.DigestSink;
import io.dagshell.engine.value.Fingerprint;
import io.dagshell.engine.value.UnsupportedValueException;
import io.dagshell.tables.stored.StoredForm;
import io.dagshell.tables.stored.StoredTable;
import io.dagshell.tables.stored.TableCopy;
import io.dagshell.tables.stored.TableDigest;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Tables as digest and as stored form. The digest covers the table's name, and names, types, order and every value of its
 * columns. A table comes back from its stored form unread: columns are unpacked when somebody takes them, and until then
 * it knows its digest.
 */
public final class TableCodec implements Codec {

    public TableCodec() {
        Tables.prepare();
    }

    @Override
    public boolean handles(Type type) {
        return type == Table.class;
    }

    @Override
    public boolean apart() {
        return true;
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Table table = table(value);
        TableDigest.feed(table.name(), StoredTable.look(table), sink);
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        Table table = table(value);
        TableDigest.parts(table.name(), StoredTable.look(table)).forEach(parts::put);
    }

    @Override
    public boolean isChangeable() {
        return true;
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        return TableCopy.of(table(value));
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return TableCopy.changes(table(before), table(copy));
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        return StoredForm.encode(table(value), blobs);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return StoredForm.decode(stored, blobs);
    }

    private static Table table(Object value) {
        if (value instanceof Table table) {
            return table;
        }
        throw new UnsupportedValueException("a " + value.getClass().getSimpleName() + " where a Table is declared");
    }
}
