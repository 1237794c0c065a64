package io.dagshell.tables.csv;

import java.util.Arrays;
import java.util.Set;

/** Keeps the fields of a record until all are seen to fit: a row that does not leaves no trace in any column. */
final class HeldFields extends Fields {
    private char[] held = new char[1 << 12];
    private final int[] starts;

    HeldFields(ColumnBuilder[] columns, Set<String> missing, Troubles troubles) {
        super(columns, missing, troubles);
        starts = new int[columns.length + 1];
    }

    @Override
    void add(int field, char[] text, int offset, int length) {
        if (field >= columns.length) {
            return;
        }
        int start = field == 0 ? 0 : starts[field];
        if (start + length > held.length) {
            held = Arrays.copyOf(held, Math.max(start + length, ColumnBuilder.grown(held.length)));
        }
        System.arraycopy(text, offset, held, start, length);
        starts[field + 1] = start + length;
    }

    @Override
    boolean end(int fields) {
        if (fields != columns.length) {
            troubles.passedOver(-1, Troubles.ragged(fields, columns.length));
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            if (!isMissing(i) && !columns[i].fits(held, starts[i], length(i))) {
                troubles.passedOver(i, Troubles.misfit(held, starts[i], length(i), columns[i]));
                return false;
            }
        }
        for (int i = 0; i < columns.length; i++) {
            if (isMissing(i)) {
                columns[i].addMissing();
            } else {
                columns[i].add(held, starts[i], length(i));
            }
        }
        return true;
    }

    private boolean isMissing(int field) {
        return isMissing(held, starts[field], length(field));
    }

    private int length(int field) {
        return starts[field + 1] - starts[field];
    }
}
