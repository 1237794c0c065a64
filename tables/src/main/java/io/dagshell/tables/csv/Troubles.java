package io.dagshell.tables.csv;

import io.dagshell.tables.BadRows;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with the rows of one pass: with the present one, if it must end the pass, and with those passed over. */
final class Troubles {
    private final BadRows policy;
    private long line;
    private @Nullable Trouble fatal;
    private @Nullable Trouble first;
    private long lastLine;
    private long rows;

    /**
     * What is wrong with a row.
     *
     * @param line where the row starts, from 1
     * @param field in which field; -1 if in none
     */
    record Trouble(long line, int field, String problem) {}

    Troubles(BadRows policy) {
        this.policy = policy;
    }

    /** The row that starts there is the present one. */
    void at(long startingLine) {
        line = startingLine;
    }

    long line() {
        return line;
    }

    @Nullable
    Trouble fatal() {
        return fatal;
    }

    void ends(int field, String problem) {
        if (fatal == null) {
            fatal = new Trouble(line, field, problem);
        }
    }

    void passedOver(int field, String problem) {
        if (first == null) {
            first = new Trouble(line, field, problem);
        }
        rows += lastLine == line ? 0 : 1;
        lastLine = line;
    }

    /** {@code 3 bad rows skipped; the first: }, to be followed by the first trouble. */
    String summary() {
        return counted()
                + (policy == BadRows.SKIP ? " skipped" : " with missing values in place of bad ones")
                + (rows == 1 ? ": " : "; the first: ");
    }

    /** {@code 3 bad rows skipped} so far; empty if all fitted. */
    String note() {
        return rows == 0 ? "" : counted() + (policy == BadRows.SKIP ? " skipped" : "");
    }

    private String counted() {
        return String.format(Locale.ROOT, rows == 1 ? "%,d bad row" : "%,d bad rows", rows);
    }

    @Nullable
    Trouble first() {
        return first;
    }

    static String ragged(int fields, int columns) {
        return fields + (fields == 1 ? " field" : " fields") + " where the header has " + columns;
    }

    static String misfit(char[] text, int offset, int length, ColumnBuilder column) {
        int limit = 60;
        return '"' + new String(text, offset, Math.min(length, limit)) + (length > limit ? "…" : "") + "\" is not "
                + column.expects();
    }
}
