package io.dagshell.tables.csv;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** Collects the values of one column. Not thread-safe. */
abstract class ColumnBuilder {
    static final int START = 1024;

    int size;

    abstract ColumnType type();

    /** Takes a field that is not missing; false, and nothing taken, if it is no value of this type. */
    abstract boolean add(char[] text, int from, int length);

    /** Takes a text that its file tells from a number or a flag. */
    boolean addQuoted(char[] text, int from, int length) {
        return add(text, from, length);
    }

    /** Whether a text that its file tells from a number or a flag may be a value at all. */
    boolean takesQuoted() {
        return true;
    }

    /** Whether {@link #add} would take it. */
    abstract boolean fits(char[] text, int from, int length);

    abstract void addMissing();

    /** The column so far; the builder starts anew. */
    abstract Column<?> take(String name);

    /** What values look like, for messages: {@code a whole number}. */
    abstract String expects();

    /** One and a half times the room, within what an array can have. */
    static int grown(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1) + 16L);
    }

    /** Whether so much of an array is unused that a copy of the right length is worth it. */
    static boolean wasteful(int length, int size) {
        return length - size > (size >> 3) + START;
    }
}
