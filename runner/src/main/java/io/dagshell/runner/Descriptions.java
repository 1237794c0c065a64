package io.dagshell.runner;

import io.dagshell.tables.Tables;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** What results of the tables room are called in the story of a run. */
public final class Descriptions {
    private Descriptions() {}

    /** {@code 1,342,900 rows × 18 columns}; empty for other values. */
    public static Optional<String> of(Object value) {
        return value instanceof Table table ? Optional.of(Tables.describe(table)) : Optional.empty();
    }
}
