package io.dagshell.tables.column;

import java.util.BitSet;
import java.util.Optional;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnArrays;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BitSetBooleanData;
import tech.tablesaw.columns.booleans.BooleanColumnType;

/**
 * The column types whose values have a fixed width: to and from an array, and from the array to bits. The name of a
 * constant is the name of Tablesaw's type, and is in digests and stored tables. Text is apart, see {@link TextCodes}.
 */
public enum ColumnForm {
    INTEGER(4),
    LONG(8),
    SHORT(2),
    DOUBLE(8),
    FLOAT(4),
    BOOLEAN(1),
    LOCAL_DATE(4),
    LOCAL_TIME(4),
    LOCAL_DATE_TIME(8),
    INSTANT(8);

    private final int width;

    ColumnForm(int width) {
        this.width = width;
    }

    /** The form of a type, or empty for text and for types unknown here. */
    public static Optional<ColumnForm> of(ColumnType type) {
        for (ColumnForm form : values()) {
            if (form.name().equals(type.name())) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** Bytes per value. */
    public int width() {
        return width;
    }

    /** The array behind a column of this form; longer than the column, and not to be written. */
    public Object array(Column<?> column) {
        return switch (this) {
            case INTEGER -> ColumnArrays.of((IntColumn) column);
            case LONG -> ColumnArrays.of((LongColumn) column);
            case SHORT -> ColumnArrays.of((ShortColumn) column);
            case DOUBLE -> ColumnArrays.of((DoubleColumn) column);
            case FLOAT -> ColumnArrays.of((FloatColumn) column);
            case BOOLEAN -> bytes((BooleanColumn) column);
            case LOCAL_DATE -> ColumnArrays.of((DateColumn) column);
            case LOCAL_TIME -> ColumnArrays.of((TimeColumn) column);
            case LOCAL_DATE_TIME -> ColumnArrays.of((DateTimeColumn) column);
            case INSTANT -> ColumnArrays.of((InstantColumn) column);
        };
    }

    /** An array for so many values. */
    public Object newArray(int size) {
        return switch (this) {
            case INTEGER, LOCAL_DATE, LOCAL_TIME -> new int[size];
            case LONG, LOCAL_DATE_TIME, INSTANT -> new long[size];
            case SHORT -> new short[size];
            case DOUBLE -> new double[size];
            case FLOAT -> new float[size];
            case BOOLEAN -> new byte[size];
        };
    }

    /** A column over {@code array}, which is the column's from then on. */
    public Column<?> column(String name, Object array, int size) {
        return switch (this) {
            case INTEGER -> ColumnArrays.ints(name, (int[]) array, size);
            case LONG -> ColumnArrays.longs(name, (long[]) array, size);
            case SHORT -> ColumnArrays.shorts(name, (short[]) array, size);
            case DOUBLE -> ColumnArrays.doubles(name, (double[]) array, size);
            case FLOAT -> ColumnArrays.floats(name, (float[]) array, size);
            case BOOLEAN -> booleans(name, (byte[]) array, size);
            case LOCAL_DATE -> ColumnArrays.dates(name, (int[]) array, size);
            case LOCAL_TIME -> ColumnArrays.times(name, (int[]) array, size);
            case LOCAL_DATE_TIME -> ColumnArrays.timestamps(name, (long[]) array, size);
            case INSTANT -> ColumnArrays.instants(name, (long[]) array, size);
        };
    }

    private static byte[] bytes(BooleanColumn column) {
        byte[] values = new byte[column.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.getByte(row);
        }
        return values;
    }

    /** Not through Tablesaw's constructor from bytes, which looks at the index where it means the value. */
    private static BooleanColumn booleans(String name, byte[] values, int size) {
        BitSet yes = new BitSet(size);
        BitSet no = new BitSet(size);
        BitSet missing = new BitSet(size);
        for (int row = 0; row < size; row++) {
            switch (values[row]) {
                case BooleanColumnType.BYTE_TRUE -> yes.set(row);
                case BooleanColumnType.BYTE_FALSE -> no.set(row);
                default -> missing.set(row);
            }
        }
        return new BooleanColumn(name, new BitSetBooleanData(yes, no, missing));
    }
}
