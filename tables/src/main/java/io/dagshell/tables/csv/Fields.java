package io.dagshell.tables.csv;

import io.dagshell.tables.BadRows;
import java.util.Set;

/** Where the fields of a record go: into the columns, as the policy for bad rows says. */
abstract sealed class Fields permits Fields.Direct, HeldFields {
    final ColumnBuilder[] columns;
    final Troubles troubles;
    private final Set<String> missing;
    private final int longestMissing;

    Fields(ColumnBuilder[] columns, Set<String> missing, Troubles troubles) {
        this.columns = columns;
        this.missing = missing;
        this.longestMissing = missing.stream().mapToInt(String::length).max().orElse(0);
        this.troubles = troubles;
    }

    static Fields of(ColumnBuilder[] columns, Set<String> missing, BadRows policy, Troubles troubles) {
        return policy == BadRows.SKIP
                ? new HeldFields(columns, missing, troubles)
                : new Direct(columns, missing, policy == BadRows.NULL, troubles);
    }

    /** A field of the present record, which has so many before it. */
    abstract void add(int field, char[] text, int offset, int length);

    /** The record's end after so many fields; whether it is a row. */
    abstract boolean end(int fields);

    final boolean isMissing(char[] text, int offset, int length) {
        return length == 0 || (length <= longestMissing && missing.contains(new String(text, offset, length)));
    }

    /** Into the columns at once: a row is not held back, so it cannot be left out. */
    static final class Direct extends Fields {
        private final boolean nulls;

        Direct(ColumnBuilder[] columns, Set<String> missing, boolean nulls, Troubles troubles) {
            super(columns, missing, troubles);
            this.nulls = nulls;
        }

        @Override
        void add(int field, char[] text, int offset, int length) {
            if (field >= columns.length || troubles.fatal() != null) {
                return;
            }
            ColumnBuilder column = columns[field];
            if (isMissing(text, offset, length)) {
                column.addMissing();
            } else if (!column.add(text, offset, length)) {
                misfit(field, Troubles.misfit(text, offset, length, column));
            }
        }

        private void misfit(int field, String problem) {
            if (nulls) {
                troubles.passedOver(field, problem);
                columns[field].addMissing();
            } else {
                troubles.ends(field, problem);
            }
        }

        @Override
        boolean end(int fields) {
            if (fields == columns.length) {
                return true;
            }
            String ragged = Troubles.ragged(fields, columns.length);
            if (!nulls || fields > columns.length) {
                troubles.ends(-1, ragged);
                return true;
            }
            troubles.passedOver(-1, ragged);
            for (int i = fields; i < columns.length; i++) {
                columns[i].addMissing();
            }
            return true;
        }
    }
}
