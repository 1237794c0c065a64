package io.dagshell.tables;

import io.dagshell.tables.column.TextCodes;
import tech.tablesaw.api.ColumnArrays;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;

/**
 * The values of a column as the array behind it, for code that writes whole columns. The array is the column's own: it is
 * longer than the column, so read the first {@code column.size()} values, and never write. Missing values are in it:
 * {@link #MISSING_INT} for int, date and time columns, {@link #MISSING_LONG} for long, timestamp and instant columns, NaN
 * for double and float columns, {@link #MISSING_SHORT} for short columns.
 */
public final class ColumnAccess {
    public static final int MISSING_INT = Integer.MIN_VALUE;
    public static final long MISSING_LONG = Long.MIN_VALUE;
    public static final short MISSING_SHORT = Short.MIN_VALUE;

    private ColumnAccess() {}

    public static int[] ints(IntColumn column) {
        return ColumnArrays.of(column);
    }

    public static long[] longs(LongColumn column) {
        return ColumnArrays.of(column);
    }

    public static short[] shorts(ShortColumn column) {
        return ColumnArrays.of(column);
    }

    public static double[] doubles(DoubleColumn column) {
        return ColumnArrays.of(column);
    }

    public static float[] floats(FloatColumn column) {
        return ColumnArrays.of(column);
    }

    /** Packed dates: see {@link #epochDay}. */
    public static int[] dates(DateColumn column) {
        return ColumnArrays.of(column);
    }

    /** Packed times: see {@link #milliOfDay}. */
    public static int[] times(TimeColumn column) {
        return ColumnArrays.of(column);
    }

    /** Packed timestamps: see {@link #epochMilli}. */
    public static long[] timestamps(DateTimeColumn column) {
        return ColumnArrays.of(column);
    }

    /** Packed instants, as timestamps in UTC: see {@link #epochMilli}. */
    public static long[] instants(InstantColumn column) {
        return ColumnArrays.of(column);
    }

    /** A text column as codes into a dictionary; the arrays are the caller's. */
    public static TextCodes texts(StringColumn column) {
        return TextCodes.of(column);
    }

    /** Days since 1970-01-01 of a packed date that is not missing. */
    public static int epochDay(int packed) {
        int year = packed >> 16;
        int month = (packed >> 8) & 0xff;
        // Days of the civil calendar in eras of 400 years that start in March:
        // http://howardhinnant.github.io/date_algorithms.html
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (packed & 0xff) - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    /** Milliseconds since midnight of a packed time that is not missing. */
    public static int milliOfDay(int packed) {
        return (packed >>> 24) * 3_600_000 + ((packed >> 16) & 0xff) * 60_000 + (packed & 0xffff);
    }

    /** Milliseconds since 1970-01-01T00:00 of a packed timestamp or instant that is not missing. */
    public static long epochMilli(long packed) {
        return epochDay((int) (packed >> 32)) * 86_400_000L + milliOfDay((int) packed);
    }
}
