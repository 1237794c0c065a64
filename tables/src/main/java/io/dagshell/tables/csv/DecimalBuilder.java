package io.dagshell.tables.csv;

import java.util.Arrays;
import tech.tablesaw.api.ColumnArrays;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** Columns of doubles. */
final class DecimalBuilder extends ColumnBuilder {
    private final boolean strict;
    private double[] values = new double[START];

    DecimalBuilder(boolean strict) {
        this.strict = strict;
    }

    @Override
    ColumnType type() {
        return ColumnType.DOUBLE;
    }

    @Override
    String expects() {
        return "a number";
    }

    @Override
    boolean add(char[] text, int from, int length) {
        double value = Numbers.decimal(text, from, length, strict);
        if (Double.isNaN(value)) {
            return false;
        }
        put(value);
        return true;
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return !Double.isNaN(Numbers.decimal(text, from, length, strict));
    }

    @Override
    void addMissing() {
        put(Double.NaN);
    }

    void put(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grown(size));
        }
        values[size++] = value;
    }

    @Override
    Column<?> take(String name) {
        boolean copy = wasteful(values.length, size);
        Column<?> column = ColumnArrays.doubles(name, copy ? Arrays.copyOf(values, size) : values, size);
        values = copy ? values : new double[Math.max(START, size)];
        size = 0;
        return column;
    }
}
