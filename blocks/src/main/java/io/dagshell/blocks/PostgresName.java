package io.dagshell.blocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names of tables and columns as PostgreSQL takes them: quoted, so that each character stands for itself. */
final class PostgresName {
    /** PostgreSQL cuts longer ones short, and two columns could then be one. */
    private static final int MOST_BYTES = 63;

    private static final int MOST_COLUMNS = 1_600;

    private PostgresName() {}

    /** {@code "name"}, or {@code "schema"."name"} of {@code schema.name}. */
    static String table(String name) {
        return Arrays.stream(name.split("\\.", 2)).map(PostgresName::quoted).collect(Collectors.joining("."));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code "a", "b"}. */
    static String list(List<String> columns) {
        return columns.stream().map(PostgresName::quoted).collect(Collectors.joining(", "));
    }

    /** Refuses columns a table of PostgreSQL cannot have, before anything is sent. */
    static void check(String table, List<String> columns) {
        if (columns.size() > MOST_COLUMNS) {
            throw BlockException.user("PostgreSQL tables have at most 1,600 columns, and '" + table + "' would have "
                    + columns.size() + ": load some of them, or give them as rows.");
        }
        columns.forEach(PostgresName::check);
    }

    private static void check(String column) {
        int bytes = column.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw BlockException.user("PostgreSQL cuts names short after 63 bytes, and the column '" + column + "' has "
                    + bytes + ": give it a shorter name.");
        }
        if (column.isEmpty() || column.indexOf('\0') >= 0) {
            throw BlockException.user("PostgreSQL takes no column with "
                    + (column.isEmpty() ? "an empty name" : "the character NUL in its name") + ": rename it.");
        }
    }
}
