package io.dagshell.tables.stored;

import io.dagshell.tables.column.Bits;
import io.dagshell.tables.column.ColumnForm;
import io.dagshell.tables.column.TextCodes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * A column's values in canonical form: blocks of little-endian bytes of one width. Text is its codes by first appearance
 * and, apart, the texts.
 *
 * @param type name of the type, as digests and stored tables have it
 */
@SuppressWarnings("ArrayRecordComponent") // arrays handed on without copies are what this type is for
record Cells(String type, int width, int rows, Object array, String[] texts) {
    /** Values in a block; part of the digest. */
    static final int BLOCK = 1 << 16;

    static final String TEXT = "STRING";

    private static final int CODE_WIDTH = 4;
    /** Empty for a column of a type unknown here. */
    static Optional<Cells> of(Column<?> column) {
        if (column instanceof StringColumn text) {
            TextCodes codes = TextCodes.of(text);
            return Optional.of(new Cells(TEXT, CODE_WIDTH, codes.size(), codes.codes(), codes.texts()));
        }
        return ColumnForm.of(column.type())
                .map(form -> new Cells(form.name(), form.width(), column.size(), form.array(column), new String[0]));
    }

    /** Cells to be filled with stored values. */
    static Cells empty(String type, int rows) {
        if (type.equals(TEXT)) {
            return new Cells(TEXT, CODE_WIDTH, rows, new int[rows], new String[0]);
        }
        ColumnForm form = ColumnForm.valueOf(type);
        return new Cells(type, form.width(), rows, form.newArray(rows), new String[0]);
    }

    Cells withTexts(String[] all) {
        return new Cells(type, width, rows, array, all);
    }

    /** Whether the values are the same, of cells of the same type; missing is missing however it is written. */
    boolean isSameAs(Cells other) {
        return rows == other.rows && isSameArray(other) && Arrays.equals(texts, other.texts);
    }

    private boolean isSameArray(Cells other) {
        if (array instanceof int[] ints) {
            return Arrays.equals(ints, 0, rows, (int[]) other.array, 0, rows);
        }
        if (array instanceof double[] doubles) {
            return Arrays.equals(doubles, 0, rows, (double[]) other.array, 0, rows);
        }
        if (array instanceof long[] longs) {
            return Arrays.equals(longs, 0, rows, (long[]) other.array, 0, rows);
        }
        if (array instanceof float[] floats) {
            return Arrays.equals(floats, 0, rows, (float[]) other.array, 0, rows);
        }
        if (array instanceof short[] shorts) {
            return Arrays.equals(shorts, 0, rows, (short[]) other.array, 0, rows);
        }
        return Arrays.equals((byte[]) array, 0, rows, (byte[]) other.array, 0, rows);
    }

    Column<?> column(String name) {
        if (type.equals(TEXT)) {
            return new TextCodes((int[]) array, rows, texts).column(name);
        }
        return ColumnForm.valueOf(type).column(name, array, rows);
    }

    /** The values from {@code from} on, up to a block of them; how many. */
    int read(int from, long[] bits) {
        int count = Math.min(BLOCK, rows - from);
        Bits.read(array, from, count, bits);
        return count;
    }

    void write(int at, long[] bits, int count) {
        Bits.write(bits, count, array, at);
    }

    /** Room for the bytes of a block. */
    byte[] newBlock() {
        return new byte[Math.min(BLOCK, rows) * width];
    }

    /**
     * The values from {@code from} on as little-endian bytes, up to a block of them; how many bytes. By the JDK's copies of
     * memory, which are as fast in a process that just started as in an old one.
     */
    int bytes(int from, byte[] bytes) {
        int count = Math.min(BLOCK, rows - from);
        ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof int[] ints) {
            target.asIntBuffer().put(ints, from, count);
        } else if (array instanceof double[] doubles) {
            target.asDoubleBuffer().put(doubles, from, count);
            oneNaN(doubles, from, count, target);
        } else if (array instanceof long[] longs) {
            target.asLongBuffer().put(longs, from, count);
        } else if (array instanceof float[] floats) {
            target.asFloatBuffer().put(floats, from, count);
            oneNaN(floats, from, count, target);
        } else if (array instanceof short[] shorts) {
            target.asShortBuffer().put(shorts, from, count);
        } else {
            target.put((byte[]) array, from, count);
        }
        return count * width;
    }

    private static void oneNaN(double[] values, int from, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            double value = values[from + i];
            if (Double.isNaN(value)) {
                target.putLong(i * Double.BYTES, Double.doubleToLongBits(Double.NaN));
            }
        }
    }

    private static void oneNaN(float[] values, int from, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            float value = values[from + i];
            if (Float.isNaN(value)) {
                target.putInt(i * Float.BYTES, Float.floatToIntBits(Float.NaN));
            }
        }
    }

    /** Puts what {@link #bytes} gave back at {@code at}. */
    void fill(int at, byte[] bytes, int length) {
        int count = length / width;
        ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof int[] ints) {
            source.asIntBuffer().get(ints, at, count);
        } else if (array instanceof double[] doubles) {
            source.asDoubleBuffer().get(doubles, at, count);
        } else if (array instanceof long[] longs) {
            source.asLongBuffer().get(longs, at, count);
        } else if (array instanceof float[] floats) {
            source.asFloatBuffer().get(floats, at, count);
        } else if (array instanceof short[] shorts) {
            source.asShortBuffer().get(shorts, at, count);
        } else {
            source.get((byte[]) array, at, count);
        }
    }

    /** A few values of a width as little-endian bytes. */
    static byte[] toBytes(long[] bits, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(bits.length * width).order(ByteOrder.LITTLE_ENDIAN);
        for (long each : bits) {
            switch (width) {
                case 8 -> bytes.putLong(each);
                case 4 -> bytes.putInt((int) each);
                case 2 -> bytes.putShort((short) each);
                default -> bytes.put((byte) each);
            }
        }
        return bytes.array();
    }

    /** Back from {@link #toBytes}. */
    static long[] fromBytes(byte[] stored, int width) {
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        long[] bits = new long[stored.length / width];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = switch (width) {
                case 8 -> bytes.getLong();
                case 4 -> bytes.getInt();
                case 2 -> bytes.getShort();
                default -> bytes.get();
            };
        }
        return bits;
    }
}
