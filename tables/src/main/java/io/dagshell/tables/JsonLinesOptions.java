package io.dagshell.tables;

import java.util.Optional;

/**
 * How to read JSON lines.
 *
 * @param schema the columns the file has; a key it lacks is an error unless the schema is {@linkplain Schema#open open}, a
 *     key that a line lacks is a missing value; empty: columns and types are found by reading
 * @param badRows what becomes of lines that do not fit: with {@code SKIP} lines that are no JSON object too, with {@code NULL}
 *     values of another type than their column
 */
public record JsonLinesOptions(Optional<Schema> schema, BadRows badRows) {

    /** Columns and types found by reading; the first line that does not fit is an error. */
    public static JsonLinesOptions defaults() {
        return new JsonLinesOptions(Optional.empty(), BadRows.FAIL);
    }

    public JsonLinesOptions withSchema(Schema expected) {
        return new JsonLinesOptions(Optional.of(expected), badRows);
    }

    public JsonLinesOptions withBadRows(BadRows treated) {
        return new JsonLinesOptions(schema, treated);
    }
}
