package io.dagshell.tables.parquet;

import io.dagshell.tables.ColumnAccess;
import io.dagshell.tables.column.ColumnForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BooleanColumnType;

/** Makes the reader for a kind of leaf. */
final class LeafReaders {
    private static final long PER_MILLI = 1_000L;
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long NANOS_OF_MILLI = 1_000_000L;

    private LeafReaders() {}

    /** @param truncate whether parts of a millisecond are dropped; refused otherwise */
    static LeafReader of(LeafKind kind, ColumnDescriptor leaf, boolean truncate) {
        PrimitiveType type = leaf.getPrimitiveType();
        long perMilli = LeafKind.perSecond(type) / PER_MILLI;
        PackedTimes times = new PackedTimes();
        return switch (kind) {
            case INT -> new Ints(ColumnForm.INTEGER, reader -> held(reader.getInteger()));
            case DATE -> new Ints(ColumnForm.LOCAL_DATE, reader -> times.date(reader.getInteger()));
            case TIME -> {
                boolean wide = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT64;
                yield new Ints(ColumnForm.LOCAL_TIME, reader -> {
                    long units = wide ? reader.getLong() : reader.getInteger();
                    return PackedTimes.time(milliOfDay(millis(units, perMilli, truncate)));
                });
            }
            case UNSIGNED_INT -> new Longs(ColumnForm.LONG, reader -> Integer.toUnsignedLong(reader.getInteger()));
            case LONG -> new Longs(ColumnForm.LONG, reader -> held(reader.getLong()));
            case UNSIGNED_LONG -> new Longs(ColumnForm.LONG, reader -> positive(reader.getLong()));
            case TIMESTAMP ->
                new Longs(
                        ColumnForm.LOCAL_DATE_TIME,
                        reader -> times.timestamp(millis(reader.getLong(), perMilli, truncate)));
            case INSTANT ->
                new Longs(ColumnForm.INSTANT, reader -> times.timestamp(millis(reader.getLong(), perMilli, truncate)));
            case INT96 ->
                new Longs(
                        ColumnForm.LOCAL_DATE_TIME,
                        reader -> int96(reader.getBinary().toByteBuffer(), times, truncate));
            case DOUBLE -> new Doubles(LeafValues::getDouble);
            case DECIMAL -> new Doubles(decimal(type));
            case FLOAT -> new Floats();
            case SHORT -> new Shorts();
            case BOOLEAN -> new Booleans();
            case TEXT -> new TextReader();
        };
    }

    private static int held(int value) {
        if (value == ColumnAccess.MISSING_INT) {
            throw new IllegalArgumentException("the value " + value + " stands for a missing one in a table");
        }
        return value;
    }

    private static long held(long value) {
        if (value == ColumnAccess.MISSING_LONG) {
            throw new IllegalArgumentException("the value " + value + " stands for a missing one in a table");
        }
        return value;
    }

    private static long positive(long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "the value " + Long.toUnsignedString(value) + " is more than a long integer holds");
        }
        return value;
    }

    private static long millis(long units, long perMilli, boolean truncate) {
        if (perMilli == 1) {
            return units;
        }
        // by a constant, which is a multiplication: most files have microseconds
        long millis = perMilli == PER_MILLI ? Math.floorDiv(units, PER_MILLI) : Math.floorDiv(units, perMilli);
        if (!truncate && millis * perMilli != units) {
            throw new IllegalArgumentException("a time with parts of a millisecond, which tables do not keep;"
                    + " ParquetOptions.defaults().withTruncatedTimes() drops them");
        }
        return millis;
    }

    private static int milliOfDay(long millis) {
        if (millis < 0 || millis >= PackedTimes.MILLIS_OF_DAY) {
            throw new IllegalArgumentException("a time of " + millis + " ms is not within a day");
        }
        return (int) millis;
    }

    /** The old form of timestamps: nanoseconds of the day, then the Julian day, both little-endian. */
    private static long int96(ByteBuffer bytes, PackedTimes times, boolean truncate) {
        ByteBuffer little = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        long millis = millis(little.getLong(), NANOS_OF_MILLI, truncate);
        return times.timestamp((little.getInt() - JULIAN_DAY_OF_EPOCH) * PackedTimes.MILLIS_OF_DAY + millis);
    }

    private static ToDouble decimal(PrimitiveType type) {
        int scale = ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getScale();
        return switch (type.getPrimitiveTypeName()) {
            case INT32 ->
                reader -> BigDecimal.valueOf(reader.getInteger(), scale).doubleValue();
            case INT64 -> reader -> BigDecimal.valueOf(reader.getLong(), scale).doubleValue();
            default ->
                reader -> new BigDecimal(new BigInteger(reader.getBinary().getBytes()), scale).doubleValue();
        };
    }

    private interface ToInt {
        int of(LeafValues reader);
    }

    private interface ToLong {
        long of(LeafValues reader);
    }

    private interface ToDouble {
        double of(LeafValues reader);
    }

    private static final class Ints extends LeafReader {
        private final ColumnForm form;
        private final ToInt value;
        private int[] values = {};

        Ints(ColumnForm form, ToInt value) {
            this.form = form;
            this.value = value;
        }

        @Override
        void reserve(int rows) {
            values = new int[rows];
        }

        @Override
        void take(int row, LeafValues leaf) {
            values[row] = value.of(leaf);
        }

        @Override
        void skip(int row) {
            values[row] = ColumnAccess.MISSING_INT;
        }

        @Override
        Column<?> column(String name, int rows) {
            return form.column(name, values, rows);
        }
    }

    private static final class Longs extends LeafReader {
        private final ColumnForm form;
        private final ToLong value;
        private long[] values = {};

        Longs(ColumnForm form, ToLong value) {
            this.form = form;
            this.value = value;
        }

        @Override
        void reserve(int rows) {
            values = new long[rows];
        }

        @Override
        void take(int row, LeafValues leaf) {
            values[row] = value.of(leaf);
        }

        @Override
        void skip(int row) {
            values[row] = ColumnAccess.MISSING_LONG;
        }

        @Override
        Column<?> column(String name, int rows) {
            return form.column(name, values, rows);
        }
    }

    private static final class Doubles extends LeafReader {
        private final ToDouble value;
        private double[] values = {};

        Doubles(ToDouble value) {
            this.value = value;
        }

        @Override
        void reserve(int rows) {
            values = new double[rows];
        }

        @Override
        void take(int row, LeafValues leaf) {
            values[row] = value.of(leaf);
        }

        @Override
        void skip(int row) {
            values[row] = Double.NaN;
        }

        @Override
        Column<?> column(String name, int rows) {
            return ColumnForm.DOUBLE.column(name, values, rows);
        }
    }

    private static final class Floats extends LeafReader {
        private float[] values = {};

        @Override
        void reserve(int rows) {
            values = new float[rows];
        }

        @Override
        void take(int row, LeafValues leaf) {
            values[row] = leaf.getFloat();
        }

        @Override
        void skip(int row) {
            values[row] = Float.NaN;
        }

        @Override
        Column<?> column(String name, int rows) {
            return ColumnForm.FLOAT.column(name, values, rows);
        }
    }

    private static final class Shorts extends LeafReader {
        private short[] values = {};

        @Override
        void reserve(int rows) {
            values = new short[rows];
        }

        @Override
        void take(int row, LeafValues leaf) {
            int value = leaf.getInteger();
            if (value <= ColumnAccess.MISSING_SHORT || value > Short.MAX_VALUE) {
                throw new IllegalArgumentException("the value " + value + " is no short number a table holds");
            }
            values[row] = (short) value;
        }

        @Override
        void skip(int row) {
            values[row] = ColumnAccess.MISSING_SHORT;
        }

        @Override
        Column<?> column(String name, int rows) {
            return ColumnForm.SHORT.column(name, values, rows);
        }
    }

    private static final class Booleans extends LeafReader {
        private byte[] values = {};

        @Override
        void reserve(int rows) {
            values = new byte[rows];
            Arrays.fill(values, BooleanColumnType.MISSING_VALUE);
        }

        @Override
        void take(int row, LeafValues leaf) {
            values[row] = leaf.getBoolean() ? BooleanColumnType.BYTE_TRUE : BooleanColumnType.BYTE_FALSE;
        }

        @Override
        void skip(int row) {
            // filled with missing ones
        }

        @Override
        Column<?> column(String name, int rows) {
            return ColumnForm.BOOLEAN.column(name, values, rows);
        }
    }
}
