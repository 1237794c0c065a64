package io.dagshell.tables.parquet;

import io.dagshell.tables.ColumnAccess;
import io.dagshell.tables.column.TextCodes;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BooleanColumnType;

/**
 * The cells of one column as a leaf. Timestamps are written in microseconds, which all readers know; a missing cell is a null.
 */
record LeafWriter(Type type, Present present, Put put) {

    interface Present {
        boolean at(int row);
    }

    /** Writes the value of a row that has one. */
    interface Put {
        void at(int row, ColumnWriter to, int there);
    }

    /** The cells of rows {@code from} to before {@code end}, each its own record of {@code store}, which has this leaf alone. */
    void write(int from, int end, ColumnDescriptor leaf, ColumnWriteStore store) {
        ColumnWriter to = store.getColumnWriter(leaf);
        int there = leaf.getMaxDefinitionLevel();
        for (int row = from; row < end; row++) {
            if (present.at(row)) {
                put.at(row, to, there);
            } else {
                to.writeNull(0, 0);
            }
            store.endRecord();
        }
    }

    /** @throws IllegalArgumentException if there is no leaf for such a column */
    static LeafWriter of(Column<?> column) {
        String name = column.name();
        if (column instanceof IntColumn ints) {
            int[] values = ColumnAccess.ints(ints);
            return ints(
                    plain(PrimitiveTypeName.INT32, name), values, (row, to, there) -> to.write(values[row], 0, there));
        }
        if (column instanceof LongColumn longs) {
            long[] values = ColumnAccess.longs(longs);
            return longs(
                    plain(PrimitiveTypeName.INT64, name), values, (row, to, there) -> to.write(values[row], 0, there));
        }
        if (column instanceof ShortColumn shorts) {
            short[] values = ColumnAccess.shorts(shorts);
            return new LeafWriter(
                    type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(Short.SIZE, true), name),
                    row -> values[row] != ColumnAccess.MISSING_SHORT,
                    (row, to, there) -> to.write(values[row], 0, there));
        }
        if (column instanceof DoubleColumn doubles) {
            double[] values = ColumnAccess.doubles(doubles);
            return new LeafWriter(
                    plain(PrimitiveTypeName.DOUBLE, name),
                    row -> !Double.isNaN(values[row]),
                    (row, to, there) -> to.write(values[row], 0, there));
        }
        if (column instanceof FloatColumn floats) {
            float[] values = ColumnAccess.floats(floats);
            return new LeafWriter(
                    plain(PrimitiveTypeName.FLOAT, name),
                    row -> !Float.isNaN(values[row]),
                    (row, to, there) -> to.write(values[row], 0, there));
        }
        if (column instanceof BooleanColumn booleans) {
            return new LeafWriter(
                    plain(PrimitiveTypeName.BOOLEAN, name),
                    row -> booleans.getByte(row) != BooleanColumnType.MISSING_VALUE,
                    (row, to, there) -> to.write(booleans.getByte(row) == BooleanColumnType.BYTE_TRUE, 0, there));
        }
        if (column instanceof StringColumn strings) {
            return text(name, ColumnAccess.texts(strings));
        }
        return ofTime(name, column);
    }

    private static LeafWriter ofTime(String name, Column<?> column) {
        if (column instanceof DateColumn dates) {
            int[] values = ColumnAccess.dates(dates);
            return ints(
                    type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), name),
                    values,
                    (row, to, there) -> to.write(ColumnAccess.epochDay(values[row]), 0, there));
        }
        if (column instanceof TimeColumn times) {
            int[] values = ColumnAccess.times(times);
            return ints(
                    type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.timeType(false, TimeUnit.MILLIS), name),
                    values,
                    (row, to, there) -> to.write(ColumnAccess.milliOfDay(values[row]), 0, there));
        }
        if (column instanceof DateTimeColumn stamps) {
            return stamps(name, ColumnAccess.timestamps(stamps), false);
        }
        if (column instanceof InstantColumn instants) {
            return stamps(name, ColumnAccess.instants(instants), true);
        }
        throw new IllegalArgumentException(
                "column " + name + " of type " + column.type().name() + " cannot be written to Parquet");
    }

    private static LeafWriter stamps(String name, long[] values, boolean utc) {
        return longs(
                type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(utc, TimeUnit.MICROS), name),
                values,
                (row, to, there) ->
                        to.write(Math.multiplyExact(ColumnAccess.epochMilli(values[row]), 1_000L), 0, there));
    }

    private static LeafWriter text(String name, TextCodes texts) {
        Binary[] made = new Binary[texts.texts().length];
        int[] codes = texts.codes();
        return new LeafWriter(
                type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), name),
                row -> codes[row] != TextCodes.MISSING,
                (row, to, there) -> {
                    int code = codes[row];
                    if (made[code] == null) {
                        made[code] = Binary.fromConstantByteArray(utf8(name, texts.texts()[code]));
                    }
                    to.write(made[code], 0, there);
                });
    }

    /** Half a surrogate pair is no text anywhere else: better told than written as a question mark. */
    private static byte[] utf8(String column, String text) {
        try {
            java.nio.ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException half) {
            throw new IllegalArgumentException(
                    "column " + column + " has a text with half a character, which cannot be written as UTF-8", half);
        }
    }

    private static LeafWriter ints(Type type, int[] values, Put put) {
        return new LeafWriter(type, row -> values[row] != ColumnAccess.MISSING_INT, put);
    }

    private static LeafWriter longs(Type type, long[] values, Put put) {
        return new LeafWriter(type, row -> values[row] != ColumnAccess.MISSING_LONG, put);
    }

    private static Type plain(PrimitiveTypeName primitive, String name) {
        return Types.optional(primitive).named(name);
    }

    private static Type type(PrimitiveTypeName primitive, LogicalTypeAnnotation logical, String name) {
        return Types.optional(primitive).as(logical).named(name);
    }
}
