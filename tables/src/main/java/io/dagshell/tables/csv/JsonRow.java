package io.dagshell.tables.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys and values of one line, read as a whole before any column takes one. */
final class JsonRow {
    private final JsonFactory json;
    private final List<Value> values = new ArrayList<>();

    /**
     * A value.
     *
     * @param key as a column is called
     * @param text its characters; empty for null
     * @param quoted whether it was a string, or an object or array, whose JSON it is then
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Value(String key, char[] text, boolean quoted) {}

    JsonRow(JsonFactory json) {
        this.json = json;
    }

    List<Value> values() {
        return values;
    }

    /** What is wrong with the line; null if nothing is. */
    @Nullable
    String read(String line) throws IOException {
        values.clear();
        try (JsonParser parser = json.createParser(line)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == JsonToken.START_ARRAY
                        ? "an array where JSON lines have an object"
                        : "a value where JSON lines have an object";
            }
            for (JsonToken key = parser.nextToken(); key != JsonToken.END_OBJECT; key = parser.nextToken()) {
                String name = parser.currentName().strip().toLowerCase(Locale.ROOT);
                values.add(value(name, parser));
            }
            return parser.nextToken() == null ? null : "more after the object";
        }
    }

    private Value value(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        return switch (token) {
            case VALUE_NULL -> new Value(name, new char[0], false);
            case START_OBJECT, START_ARRAY -> new Value(name, structure(parser).toCharArray(), true);
            default -> new Value(name, parser.getText().toCharArray(), token == JsonToken.VALUE_STRING);
        };
    }

    private String structure(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = json.createGenerator(text)) {
            copy.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
