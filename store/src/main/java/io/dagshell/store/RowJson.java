package io.dagshell.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table as lines of JSON, the same for both databases: the first line has the names of the columns, each other
 * one a row. A value is null, a whole number, a text, or bytes as {@code {"base64": "…"}}; our tables have no other.
 */
final class RowJson {
    private static final int BATCH = 1_000;
    private static final String BYTES = "base64";

    /** Whole jars of flows are in it. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private RowJson() {}

    /** Writes all rows and says how many; {@code out} stays open. */
    static long write(ResultSet rows, OutputStream out) throws SQLException, IOException {
        ResultSetMetaData columns = rows.getMetaData();
        long count = 0;
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            json.writeStartArray();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                json.writeString(columns.getColumnLabel(i));
            }
            json.writeEndArray();
            while (rows.next()) {
                json.writeStartArray();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    write(rows.getObject(i), json);
                }
                json.writeEndArray();
                count++;
            }
            json.writeRaw('\n');
        }
        return count;
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            json.writeStartObject();
            json.writeBinaryField(BYTES, bytes);
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    /** Where rows go once their columns are known. */
    interface Target {
        PreparedStatement insert(List<String> columns) throws SQLException;
    }

    /** Puts all rows into a table and says how many. */
    static long read(InputStream in, Target target) throws SQLException, IOException {
        long count = 0;
        try (JsonParser json = JSON.createParser(in)) {
            json.nextToken();
            List<String> columns = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                columns.add(json.getText());
            }
            try (PreparedStatement insert = target.insert(columns)) {
                while (json.nextToken() == JsonToken.START_ARRAY) {
                    for (int i = 1; json.nextToken() != JsonToken.END_ARRAY; i++) {
                        bind(json, insert, i);
                    }
                    insert.addBatch();
                    if (++count % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
        }
        return count;
    }

    private static void bind(JsonParser json, PreparedStatement insert, int place) throws SQLException, IOException {
        switch (json.currentToken()) {
            case VALUE_NULL -> insert.setNull(place, Types.NULL);
            case VALUE_NUMBER_INT -> insert.setLong(place, json.getLongValue());
            case VALUE_STRING -> insert.setString(place, json.getText().replace('\0', '\uFFFD'));
            case START_OBJECT -> {
                json.nextToken();
                json.nextToken();
                insert.setBytes(place, json.getBinaryValue());
                json.nextToken();
            }
            default -> throw new IOException("a row holds " + json.currentToken());
        }
    }
}
