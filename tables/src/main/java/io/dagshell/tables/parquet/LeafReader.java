package io.dagshell.tables.parquet;

import tech.tablesaw.columns.Column;

/** Values of one leaf, row group by row group, into the array of one column. Used by one thread at a time. */
abstract class LeafReader {
    private int size;

    /** A value no column can hold. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient int at;

        Unfit(int at, String problem, Throwable cause) {
            super(problem, cause);
            this.at = at;
        }

        /** Row of the table being read, from 0. */
        int at() {
            return at;
        }
    }

    /** Starts a table of so many rows. */
    final void start(int rows) {
        size = 0;
        reserve(rows);
    }

    /** The next {@code count} values. */
    final void read(LeafValues leaf, int count) {
        int end = size + count;
        for (int row = size; row < end; row++) {
            if (leaf.next()) {
                try {
                    take(row, leaf);
                } catch (IllegalArgumentException | ArithmeticException unfit) {
                    throw new Unfit(row, String.valueOf(unfit.getMessage()), unfit);
                }
            } else {
                skip(row);
            }
        }
        size = end;
    }

    /** The column read; the reader must be started anew. */
    final Column<?> column(String name) {
        return column(name, size);
    }

    abstract void reserve(int rows);

    /** @throws IllegalArgumentException if a column cannot hold it */
    abstract void take(int row, LeafValues leaf);

    abstract void skip(int row);

    abstract Column<?> column(String name, int rows);
}
