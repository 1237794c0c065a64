package io.dagshell.tables.preview;

import io.dagshell.tables.ColumnAccess;
import io.dagshell.tables.column.ColumnForm;
import java.util.Optional;
import tech.tablesaw.columns.Column;

/** The values of a column as doubles in the same order, NaN where missing: what range and histogram need. */
interface Magnitudes {

    /** The value of a row. */
    double at(int row);

    /** Empty for text. Reads the array behind the column, so it must not change meanwhile. */
    static Optional<Magnitudes> of(Column<?> column) {
        return ColumnForm.of(column.type()).map(form -> {
            Object array = form.array(column);
            return switch (form) {
                case INTEGER -> ints((int[]) array);
                case LONG -> longs((long[]) array);
                case SHORT -> shorts((short[]) array);
                case DOUBLE -> row -> ((double[]) array)[row];
                case FLOAT -> row -> ((float[]) array)[row];
                case BOOLEAN -> row -> ((byte[]) array)[row] < 0 ? Double.NaN : ((byte[]) array)[row];
                case LOCAL_DATE -> dates((int[]) array);
                case LOCAL_TIME -> times((int[]) array);
                case LOCAL_DATE_TIME, INSTANT -> timestamps((long[]) array);
            };
        });
    }

    private static Magnitudes ints(int[] values) {
        return row -> values[row] == ColumnAccess.MISSING_INT ? Double.NaN : values[row];
    }

    private static Magnitudes longs(long[] values) {
        return row -> values[row] == ColumnAccess.MISSING_LONG ? Double.NaN : values[row];
    }

    private static Magnitudes shorts(short[] values) {
        return row -> values[row] == ColumnAccess.MISSING_SHORT ? Double.NaN : values[row];
    }

    private static Magnitudes dates(int[] values) {
        return row -> values[row] == ColumnAccess.MISSING_INT ? Double.NaN : ColumnAccess.epochDay(values[row]);
    }

    private static Magnitudes times(int[] values) {
        return row -> values[row] == ColumnAccess.MISSING_INT ? Double.NaN : ColumnAccess.milliOfDay(values[row]);
    }

    private static Magnitudes timestamps(long[] values) {
        return row -> values[row] == ColumnAccess.MISSING_LONG ? Double.NaN : ColumnAccess.epochMilli(values[row]);
    }
}
