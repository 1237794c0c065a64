package io.dagshell.tables;

import java.util.Optional;
import tech.tablesaw.api.Table;

/** What tables are called in the story of a run. */
public final class Descriptions {
    private Descriptions() {}

    /** {@code 1,342,900 rows × 18 columns}; empty for other values. */
    public static Optional<String> of(Object value) {
        return value instanceof Table table ? Optional.of(Tables.describe(table)) : Optional.empty();
    }
}
