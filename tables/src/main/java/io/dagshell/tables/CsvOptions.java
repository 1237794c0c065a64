package io.dagshell.tables;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to read or write a csv file. Writing uses the separator and the charset alone.
 *
 * @param schema the columns the file must have; empty: types are found by reading
 * @param separator between fields; empty: a tab if the file is named {@code .tsv} or {@code .tsv.gz}, else a comma
 * @param missing texts that mean "no value", beside the empty one
 * @param charset of the text
 * @param badRows what becomes of rows that do not fit
 */
public record CsvOptions(
        Optional<Schema> schema, Optional<Character> separator, Set<String> missing, Charset charset, BadRows badRows) {
    private static final Pattern TABS = Pattern.compile("(?i)\\.tsv(\\.gz)?([?#].*)?$");

    public CsvOptions {
        missing = Set.copyOf(missing);
    }

    /** Comma or tab as the name says, UTF-8, types found by reading, only the empty field is missing. */
    public static CsvOptions defaults() {
        return new CsvOptions(Optional.empty(), Optional.empty(), Set.of(), StandardCharsets.UTF_8, BadRows.FAIL);
    }

    public CsvOptions withSchema(Schema expected) {
        return new CsvOptions(Optional.of(expected), separator, missing, charset, badRows);
    }

    public CsvOptions withSeparator(char between) {
        return new CsvOptions(schema, Optional.of(between), missing, charset, badRows);
    }

    /** For example {@code "NA", "NULL"}. */
    public CsvOptions withMissing(String... texts) {
        return new CsvOptions(schema, separator, Set.of(texts), charset, badRows);
    }

    public CsvOptions withCharset(Charset other) {
        return new CsvOptions(schema, separator, missing, other, badRows);
    }

    /** Without it the first row that does not fit is an error. */
    public CsvOptions withBadRows(BadRows treated) {
        return new CsvOptions(schema, separator, missing, charset, treated);
    }

    /** What stands between the fields of a file or address of that name. */
    public char separatorOf(String name) {
        return separator.orElse(TABS.matcher(name).find() ? '\t' : ',');
    }
}
