package io.dagshell.tables.parquet;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.tables.ParquetException;
import io.dagshell.tables.Schema;
import java.util.Locale;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** Numbers in the type a schema wants: months of one data set differ in it, but not in their values. */
final class AsExpected {
    private AsExpected() {}

    /** @param before rows of the file before this column's first */
    static Column<?> column(String source, Column<?> column, Schema schema, long before) throws ParquetException {
        ColumnType wanted = schema.type(column.name()).orElse(column.type());
        if (wanted.equals(column.type())) {
            return column;
        }
        if (column instanceof NumericColumn<?> numbers) {
            if (wanted.equals(ColumnType.DOUBLE)) {
                return doubles(source, numbers, before);
            }
            if (wanted.equals(ColumnType.LONG)) {
                return longs(source, numbers, before);
            }
            if (wanted.equals(ColumnType.INTEGER)) {
                return ints(source, numbers, before);
            }
        }
        throw Leaf.wrong(source, column.name(), "is " + word(column.type()) + " in the file, not " + word(wanted));
    }

    private static Column<?> doubles(String source, NumericColumn<?> numbers, long before) throws ParquetException {
        DoubleColumn changed = DoubleColumn.create(numbers.name(), numbers.size());
        for (int row = 0; row < numbers.size(); row++) {
            if (!numbers.isMissing(row)) {
                double value = numbers.getDouble(row);
                if (numbers instanceof LongColumn whole && (long) value != whole.getLong(row)) {
                    throw unfit(source, numbers, before + row, whole.getLong(row), ColumnType.DOUBLE);
                }
                changed.set(row, value);
            }
        }
        return changed;
    }

    private static Column<?> longs(String source, NumericColumn<?> numbers, long before) throws ParquetException {
        LongColumn changed = LongColumn.create(numbers.name(), numbers.size());
        for (int row = 0; row < numbers.size(); row++) {
            if (!numbers.isMissing(row)) {
                changed.set(row, whole(source, numbers, row, before, ColumnType.LONG));
            }
        }
        return changed;
    }

    private static Column<?> ints(String source, NumericColumn<?> numbers, long before) throws ParquetException {
        IntColumn changed = IntColumn.create(numbers.name(), numbers.size());
        for (int row = 0; row < numbers.size(); row++) {
            if (!numbers.isMissing(row)) {
                long value = whole(source, numbers, row, before, ColumnType.INTEGER);
                if (value <= Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
                    throw unfit(source, numbers, before + row, value, ColumnType.INTEGER);
                }
                changed.set(row, (int) value);
            }
        }
        return changed;
    }

    private static long whole(String source, NumericColumn<?> numbers, int row, long before, ColumnType wanted)
            throws ParquetException {
        if (numbers instanceof LongColumn whole) {
            return whole.getLong(row);
        }
        double value = numbers.getDouble(row);
        // 2^63 is a double, Long.MAX_VALUE is not
        if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
            throw unfit(source, numbers, before + row, value, wanted);
        }
        return (long) value;
    }

    private static ParquetException unfit(String source, Column<?> column, long row, Object value, ColumnType wanted) {
        return new ParquetException(
                FailureKind.USER, source, column.name(), row + 1, value + " is no " + word(wanted), null);
    }

    private static String word(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
