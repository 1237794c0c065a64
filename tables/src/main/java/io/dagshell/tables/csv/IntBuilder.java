package io.dagshell.tables.csv;

import java.util.Arrays;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** Columns stored as ints: whole numbers, dates, times. */
final class IntBuilder extends ColumnBuilder {
    private final ColumnType type;
    private final String expects;
    private final Parser parser;
    private final Maker maker;
    int[] values = new int[START];

    /** Field to stored value, {@link Times#NO_INT} if it is none. */
    interface Parser {
        int parse(char[] text, int from, int length);
    }

    /** Array to column; the array is the column's from then on. */
    interface Maker {
        Column<?> make(String name, int[] values, int size);
    }

    IntBuilder(ColumnType type, String expects, Parser parser, Maker maker) {
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
        int value = parser.parse(text, from, length);
        if (value == Times.NO_INT) {
            return false;
        }
        put(value);
        return true;
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return parser.parse(text, from, length) != Times.NO_INT;
    }

    @Override
    void addMissing() {
        put(Times.NO_INT);
    }

    private void put(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grown(size));
        }
        values[size++] = value;
    }

    @Override
    Column<?> take(String name) {
        boolean copy = wasteful(values.length, size);
        Column<?> column = maker.make(name, copy ? Arrays.copyOf(values, size) : values, size);
        values = copy ? values : new int[Math.max(START, size)];
        size = 0;
        return column;
    }
}
