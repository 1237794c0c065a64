package io.dagshell.tables.csv;

import java.util.Arrays;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** Columns stored as longs: whole numbers, timestamps. */
final class LongBuilder extends ColumnBuilder {
    private final ColumnType type;
    private final String expects;
    private final Parser parser;
    private final Maker maker;
    long[] values = new long[START];

    /** Field to stored value, {@link Times#NO_LONG} if it is none. */
    interface Parser {
        long parse(char[] text, int from, int length);
    }

    /** Array to column; the array is the column's from then on. */
    interface Maker {
        Column<?> make(String name, long[] values, int size);
    }

    LongBuilder(ColumnType type, String expects, Parser parser, Maker maker) {
        this.type = type;
        this.expects = expects;
        this.parser = parser;
        this.maker = maker;
    }

    @Override
    ColumnType type() {
        return type;
    }

    @Override
    String expects() {
        return expects;
    }

    @Override
    boolean add(char[] text, int from, int length) {
        long value = parser.parse(text, from, length);
        if (value == Times.NO_LONG) {
            return false;
        }
        put(value);
        return true;
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return parser.parse(text, from, length) != Times.NO_LONG;
    }

    @Override
    void addMissing() {
        put(Times.NO_LONG);
    }

    void put(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grown(size));
        }
        values[size++] = value;
    }

    @Override
    Column<?> take(String name) {
        boolean copy = wasteful(values.length, size);
        Column<?> column = maker.make(name, copy ? Arrays.copyOf(values, size) : values, size);
        values = copy ? values : new long[Math.max(START, size)];
        size = 0;
        return column;
    }
}
