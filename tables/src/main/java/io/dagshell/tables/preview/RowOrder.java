package io.dagshell.tables.preview;

import io.dagshell.tables.column.TextCodes;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Rows sorted by columns without moving a value; missing ones last, equal ones in their old order. */
public final class RowOrder {
    private RowOrder() {}

    /**
     * A column to sort by.
     *
     * @param descending greatest first
     */
    public record By(Column<?> column, boolean descending) {}

    /** Row numbers in order. */
    public static int[] of(int rows, List<By> columns) {
        int[] order = IntStream.range(0, rows).toArray();
        double[][] keys = columns.stream().map(RowOrder::keys).toArray(double[][]::new);
        IntArrays.stableSort(order, (left, right) -> {
            for (double[] key : keys) {
                int compared = Double.compare(key[left], key[right]);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        });
        return order;
    }

    /** Ascending is the order to have; {@code NaN}, which is missing, is greater than all. */
    private static double[] keys(By by) {
        Column<?> column = by.column();
        double[] keys = new double[column.size()];
        Magnitudes.of(column)
                .ifPresentOrElse(values -> values.read(0, keys.length, keys), () -> ranks((StringColumn) column, keys));
        if (by.descending()) {
            for (int i = 0; i < keys.length; i++) {
                keys[i] = -keys[i];
            }
        }
        return keys;
    }

    private static void ranks(StringColumn column, double[] keys) {
        TextCodes codes = TextCodes.of(column);
        Integer[] sorted = IntStream.range(0, codes.texts().length).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, Comparator.comparing(code -> codes.texts()[code]));
        double[] rank = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            rank[sorted[i]] = i;
        }
        for (int row = 0; row < keys.length; row++) {
            int code = codes.codes()[row];
            keys[row] = code == TextCodes.MISSING ? Double.NaN : rank[code];
        }
    }
}
