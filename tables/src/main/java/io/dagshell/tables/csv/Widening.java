package io.dagshell.tables.csv;

import org.jspecify.annotations.Nullable;

/** Steps between number types that change no value. */
final class Widening {
    private Widening() {}

    static LongBuilder longs(IntBuilder integers) {
        LongBuilder longs = Builders.longs(true);
        for (int i = 0; i < integers.size; i++) {
            longs.put(integers.values[i] == Times.NO_INT ? Times.NO_LONG : integers.values[i]);
        }
        return longs;
    }

    /** Null if a value is too long to stay the same as a double. */
    static @Nullable DecimalBuilder decimals(LongBuilder longs) {
        DecimalBuilder decimals = new DecimalBuilder(true);
        for (int i = 0; i < longs.size; i++) {
            long value = longs.values[i];
            if (value != Times.NO_LONG && Math.abs(value) > Numbers.EXACT) {
                return null;
            }
            decimals.put(value == Times.NO_LONG ? Double.NaN : value);
        }
        return decimals;
    }
}
