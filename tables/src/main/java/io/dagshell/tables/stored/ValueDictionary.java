package io.dagshell.tables.stored;

import java.util.Arrays;
import java.util.Optional;

/**
 * The different values of a column and a code per row, where there are few: fares and fees repeat, and codes of one or two
 * bytes pack to half the size and unpack in a third of the time.
 */
@SuppressWarnings("ArrayRecordComponent") // internal, handed on without copies
record ValueDictionary(long[] values, char[] codes) {
    private static final int MOST = 1 << 16;
    private static final int SLOTS = MOST * 2;
    private static final int ROWS_PER_VALUE = 4;

    /** Empty if there are too many different values for it to pay. */
    static Optional<ValueDictionary> of(Cells cells) {
        int most = Math.min(MOST, cells.rows() / ROWS_PER_VALUE);
        char[] codes = new char[cells.rows()];
        long[] values = new long[Math.min(most, 1024) + 1];
        int[] slots = new int[SLOTS];
        long[] bits = new long[Math.min(Cells.BLOCK, cells.rows())];
        int count = 0;
        for (int from = 0; from < cells.rows(); from += Cells.BLOCK) {
            int got = cells.read(from, bits);
            for (int i = 0; i < got; i++) {
                long value = bits[i];
                int slot = slot(value);
                while (slots[slot] != 0 && values[slots[slot] - 1] != value) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                if (slots[slot] == 0) {
                    if (count == most) {
                        return Optional.empty();
                    }
                    values = count == values.length ? Arrays.copyOf(values, count * 2) : values;
                    values[count++] = value;
                    slots[slot] = count;
                }
                codes[from + i] = (char) (slots[slot] - 1);
            }
        }
        return Optional.of(new ValueDictionary(Arrays.copyOf(values, count), codes));
    }

    /** Bytes per code. */
    int codeWidth() {
        return values.length <= 256 ? 1 : 2;
    }

    private static int slot(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 47);
    }
}
