package io.dagshell.tables.column;

import java.util.Arrays;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Picks rows of a column by one pass over its array; Tablesaw goes through an append per value. */
public final class Gather {
    private Gather() {}

    /** A new column with these rows, in this order. */
    public static Column<?> rows(Column<?> column, int[] rows) {
        if (column instanceof StringColumn texts) {
            return text(texts, rows);
        }
        Optional<ColumnForm> form = ColumnForm.of(column.type());
        if (form.isEmpty()) {
            return column.subset(rows);
        }
        Object from = form.get().array(column);
        Object to = form.get().newArray(rows.length);
        copy(from, rows, to);
        return form.get().column(column.name(), to, rows.length);
    }

    private static Column<?> text(StringColumn column, int[] rows) {
        TextCodes all = TextCodes.of(column);
        int[] codes = new int[rows.length];
        int[] renumbered = new int[all.texts().length];
        Arrays.fill(renumbered, TextCodes.MISSING);
        String[] texts = new String[renumbered.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int code = all.codes()[rows[i]];
            if (code != TextCodes.MISSING && renumbered[code] == TextCodes.MISSING) {
                texts[count] = all.texts()[code];
                renumbered[code] = count++;
            }
            codes[i] = code == TextCodes.MISSING ? code : renumbered[code];
        }
        return new TextCodes(codes, codes.length, Arrays.copyOf(texts, count)).column(column.name());
    }

    private static void copy(Object from, int[] rows, Object to) {
        if (from instanceof int[] ints) {
            int[] target = (int[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = ints[rows[i]];
            }
        } else if (from instanceof double[] doubles) {
            double[] target = (double[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = doubles[rows[i]];
            }
        } else if (from instanceof long[] longs) {
            long[] target = (long[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = longs[rows[i]];
            }
        } else {
            copyNarrow(from, rows, to);
        }
    }

    private static void copyNarrow(Object from, int[] rows, Object to) {
        if (from instanceof float[] floats) {
            float[] target = (float[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = floats[rows[i]];
            }
        } else if (from instanceof short[] shorts) {
            short[] target = (short[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = shorts[rows[i]];
            }
        } else {
            byte[] bytes = (byte[]) from;
            byte[] target = (byte[]) to;
            for (int i = 0; i < rows.length; i++) {
                target[i] = bytes[rows[i]];
            }
        }
    }
}
