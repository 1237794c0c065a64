package io.dagshell.tables.preview;

import io.dagshell.tables.ColumnAccess;
import io.dagshell.tables.column.ColumnForm;
import java.util.Optional;
import tech.tablesaw.columns.Column;

/**
 * The values of a column as doubles in the same order, NaN where missing: what range and histogram need. Read in blocks,
 * one tight loop per type.
 */
public final class Magnitudes {
    private final ColumnForm form;
    private final Object array;

    private Magnitudes(ColumnForm form, Object array) {
        this.form = form;
        this.array = array;
    }

    /** Empty for text. Reads the array behind the column, so it must not change meanwhile. */
    public static Optional<Magnitudes> of(Column<?> column) {
        return ColumnForm.of(column.type()).map(form -> new Magnitudes(form, form.array(column)));
    }

    /** The values of {@code count} rows from {@code from} on. */
    public void read(int from, int count, double[] into) {
        switch (form) {
            case DOUBLE -> System.arraycopy((double[]) array, from, into, 0, count);
            case INTEGER -> ints((int[]) array, from, count, into);
            case LONG -> longs((long[]) array, from, count, into);
            case SHORT -> shorts((short[]) array, from, count, into);
            case FLOAT -> floats((float[]) array, from, count, into);
            case BOOLEAN -> bytes((byte[]) array, from, count, into);
            case LOCAL_DATE -> dates((int[]) array, from, count, into);
            case LOCAL_TIME -> times((int[]) array, from, count, into);
            case LOCAL_DATE_TIME, INSTANT -> timestamps((long[]) array, from, count, into);
        }
    }

    private static void ints(int[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            int value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_INT ? Double.NaN : value;
        }
    }

    private static void longs(long[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            long value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_LONG ? Double.NaN : value;
        }
    }

    private static void shorts(short[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            short value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_SHORT ? Double.NaN : value;
        }
    }

    private static void floats(float[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = values[from + i];
        }
    }

    private static void bytes(byte[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            byte value = values[from + i];
            into[i] = value < 0 ? Double.NaN : value;
        }
    }

    private static void dates(int[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            int value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_INT ? Double.NaN : ColumnAccess.epochDay(value);
        }
    }

    private static void times(int[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            int value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_INT ? Double.NaN : ColumnAccess.milliOfDay(value);
        }
    }

    private static void timestamps(long[] values, int from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            long value = values[from + i];
            into[i] = value == ColumnAccess.MISSING_LONG ? Double.NaN : ColumnAccess.epochMilli(value);
        }
    }
}
