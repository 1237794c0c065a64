package io.dagshell.tables.column;

/** Values of an array as bits, one long each; there is one NaN. */
public final class Bits {
    private Bits() {}

    /** {@code count} values from {@code from} on. */
    public static void read(Object array, int from, int count, long[] bits) {
        if (array instanceof int[] ints) {
            for (int i = 0; i < count; i++) {
                bits[i] = ints[from + i];
            }
        } else if (array instanceof double[] doubles) {
            for (int i = 0; i < count; i++) {
                bits[i] = Double.doubleToLongBits(doubles[from + i]);
            }
        } else if (array instanceof long[] longs) {
            System.arraycopy(longs, from, bits, 0, count);
        } else if (array instanceof float[] floats) {
            for (int i = 0; i < count; i++) {
                bits[i] = Float.floatToIntBits(floats[from + i]);
            }
        } else if (array instanceof short[] shorts) {
            for (int i = 0; i < count; i++) {
                bits[i] = shorts[from + i];
            }
        } else {
            byte[] bytes = (byte[]) array;
            for (int i = 0; i < count; i++) {
                bits[i] = bytes[from + i];
            }
        }
    }

    /** Puts {@code count} values at {@code at}. */
    public static void write(long[] bits, int count, Object array, int at) {
        if (array instanceof int[] ints) {
            for (int i = 0; i < count; i++) {
                ints[at + i] = (int) bits[i];
            }
        } else if (array instanceof double[] doubles) {
            for (int i = 0; i < count; i++) {
                doubles[at + i] = Double.longBitsToDouble(bits[i]);
            }
        } else if (array instanceof long[] longs) {
            System.arraycopy(bits, 0, longs, at, count);
        } else if (array instanceof float[] floats) {
            for (int i = 0; i < count; i++) {
                floats[at + i] = Float.intBitsToFloat((int) bits[i]);
            }
        } else if (array instanceof short[] shorts) {
            for (int i = 0; i < count; i++) {
                shorts[at + i] = (short) bits[i];
            }
        } else {
            byte[] bytes = (byte[]) array;
            for (int i = 0; i < count; i++) {
                bytes[at + i] = (byte) bits[i];
            }
        }
    }
}
