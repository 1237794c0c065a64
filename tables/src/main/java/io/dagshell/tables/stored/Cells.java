package io.dagshell.tables.stored;

import io.dagshell.tables.column.Bits;
import io.dagshell.tables.column.ColumnForm;
import io.dagshell.tables.column.TextCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

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

    static void toBytes(long[] bits, int count, int width, byte[] bytes) {
        switch (width) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(bytes, i * 8, bits[i]);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(bytes, i * 4, (int) bits[i]);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(bytes, i * 2, (short) bits[i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte) bits[i];
                }
            }
        }
    }

    static void fromBytes(byte[] bytes, int count, int width, long[] bits) {
        switch (width) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    bits[i] = (long) LONGS.get(bytes, i * 8);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    bits[i] = (int) INTS.get(bytes, i * 4);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    bits[i] = (short) SHORTS.get(bytes, i * 2);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    bits[i] = bytes[i];
                }
            }
        }
    }
}
