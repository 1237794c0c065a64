package io.dagshell.tables;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * How to read a csv file.
 *
 * @param schema the columns the file must have; empty: types are found by reading
 * @param separator between fields
 * @param missing texts that mean "no value", beside the empty one
 * @param charset of the text
 */
public record CsvOptions(Optional<Schema> schema, char separator, Set<String> missing, Charset charset) {
    public CsvOptions {
        missing = Set.copyOf(missing);
    }

    /** Comma, UTF-8, types found by reading, only the empty field is missing. */
    public static CsvOptions defaults() {
        return new CsvOptions(Optional.empty(), ',', Set.of(), StandardCharsets.UTF_8);
    }

    public CsvOptions withSchema(Schema expected) {
        return new CsvOptions(Optional.of(expected), separator, missing, charset);
    }

    public CsvOptions withSeparator(char between) {
        return new CsvOptions(schema, between, missing, charset);
    }

    /** For example {@code "NA", "NULL"}. */
    public CsvOptions withMissing(String... texts) {
        return new CsvOptions(schema, separator, Set.of(texts), charset);
    }

    public CsvOptions withCharset(Charset other) {
        return new CsvOptions(schema, separator, missing, other);
    }
}
