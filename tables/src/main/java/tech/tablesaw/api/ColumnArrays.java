package tech.tablesaw.api;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;

/**
 * The arrays behind Tablesaw's columns, without copies. Lives in Tablesaw's package because the fields and constructors
 * are not public, and a member that goes away in another version must fail the compiler, not a run. Only the tables room
 * calls it; others use {@code io.dagshell.tables.ColumnAccess}.
 */
public final class ColumnArrays {
    private ColumnArrays() {}

    public static int[] of(IntColumn column) {
        return column.data.elements();
    }

    public static long[] of(LongColumn column) {
        return column.data.elements();
    }

    public static double[] of(DoubleColumn column) {
        return column.data.elements();
    }

    public static float[] of(FloatColumn column) {
        return column.data.elements();
    }

    public static short[] of(ShortColumn column) {
        return column.data.elements();
    }

    public static int[] of(DateColumn column) {
        return column.data.elements();
    }

    public static int[] of(TimeColumn column) {
        return column.data.elements();
    }

    public static long[] of(DateTimeColumn column) {
        return column.data.elements();
    }

    public static long[] of(InstantColumn column) {
        return column.data.elements();
    }

    public static IntColumn ints(String name, int[] values, int size) {
        return new IntColumn(name, IntArrayList.wrap(values, size));
    }

    /** Copies, because the class leaves no other way in. */
    public static LongColumn longs(String name, long[] values, int size) {
        LongColumn column = LongColumn.create(name);
        column.data.addElements(0, values, 0, size);
        return column;
    }

    public static DoubleColumn doubles(String name, double[] values, int size) {
        return new DoubleColumn(name, DoubleArrayList.wrap(values, size));
    }

    /** Copies, because the class leaves no other way in. */
    public static FloatColumn floats(String name, float[] values, int size) {
        FloatColumn column = FloatColumn.create(name);
        column.data.addElements(0, values, 0, size);
        return column;
    }

    public static ShortColumn shorts(String name, short[] values, int size) {
        return new ShortColumn(name, ShortArrayList.wrap(values, size));
    }

    public static DateColumn dates(String name, int[] values, int size) {
        DateColumn column = DateColumn.create(name);
        column.data = IntArrayList.wrap(values, size);
        return column;
    }

    public static TimeColumn times(String name, int[] values, int size) {
        TimeColumn column = TimeColumn.create(name);
        column.data = IntArrayList.wrap(values, size);
        return column;
    }

    public static DateTimeColumn timestamps(String name, long[] values, int size) {
        DateTimeColumn column = DateTimeColumn.create(name);
        column.data = LongArrayList.wrap(values, size);
        return column;
    }

    public static InstantColumn instants(String name, long[] values, int size) {
        InstantColumn column = InstantColumn.create(name);
        column.data = LongArrayList.wrap(values, size);
        return column;
    }
}
