package io.dagshell.blocks;

import io.dagshell.tables.ColumnAccess;
import io.dagshell.tables.column.TextCodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
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

/** How the columns of tables are types of PostgreSQL, and their values the fields of a binary {@code COPY}. */
final class PostgresColumn {
    private static final Map<ColumnType, String> TYPES = Map.ofEntries(
            Map.entry(ColumnType.INTEGER, "integer"),
            Map.entry(ColumnType.LONG, "bigint"),
            Map.entry(ColumnType.SHORT, "smallint"),
            Map.entry(ColumnType.DOUBLE, "double precision"),
            Map.entry(ColumnType.FLOAT, "real"),
            Map.entry(ColumnType.BOOLEAN, "boolean"),
            Map.entry(ColumnType.STRING, "text"),
            Map.entry(ColumnType.LOCAL_DATE, "date"),
            Map.entry(ColumnType.LOCAL_TIME, "time without time zone"),
            Map.entry(ColumnType.LOCAL_DATE_TIME, "timestamp without time zone"),
            Map.entry(ColumnType.INSTANT, "timestamp with time zone"));
    /** PostgreSQL counts from 2000-01-01. */
    private static final int EPOCH_DAYS = 10_957;

    private static final long EPOCH_MILLIS = EPOCH_DAYS * 86_400_000L;

    private PostgresColumn() {}

    static String type(String name, ColumnType type) {
        return Optional.ofNullable(TYPES.get(type))
                .orElseThrow(() -> BlockException.user(
                        "The column '" + name + "' of type " + type.name() + " has no type in PostgreSQL."));
    }

    /** Writes the field of one row. */
    @FunctionalInterface
    interface FieldWriter {
        void write(int row, CopyBuffer out);
    }

    /**
     * Writes the fields of a column.
     *
     * @param before rows that went before those of this column, for what errors say
     */
    static FieldWriter writer(Column<?> column, long before) {
        if (column instanceof IntColumn ints) {
            int[] values = ColumnAccess.ints(ints);
            return (row, out) -> {
                if (values[row] == ColumnAccess.MISSING_INT) {
                    out.absent();
                } else {
                    out.int4(values[row]);
                }
            };
        }
        if (column instanceof DoubleColumn decimals) {
            double[] values = ColumnAccess.doubles(decimals);
            return (row, out) -> {
                if (Double.isNaN(values[row])) {
                    out.absent();
                } else {
                    out.int8(Double.doubleToRawLongBits(values[row]));
                }
            };
        }
        if (column instanceof DateTimeColumn timestamps) {
            return moments(ColumnAccess.timestamps(timestamps));
        }
        if (column instanceof InstantColumn instants) {
            return moments(ColumnAccess.instants(instants));
        }
        if (column instanceof StringColumn texts) {
            return texts(column.name(), before, ColumnAccess.texts(texts));
        }
        return rarer(column);
    }

    private static FieldWriter moments(long[] packed) {
        return (row, out) -> {
            if (packed[row] == ColumnAccess.MISSING_LONG) {
                out.absent();
            } else {
                out.int8((ColumnAccess.epochMilli(packed[row]) - EPOCH_MILLIS) * 1_000L);
            }
        };
    }

    private static FieldWriter texts(String name, long before, TextCodes codes) {
        byte[][] encoded = new byte[codes.texts().length][];
        for (int i = 0; i < encoded.length; i++) {
            String text = codes.texts()[i];
            if (text == null) {
                continue;
            }
            if (text.indexOf('\0') >= 0) {
                throw BlockException.user("Row " + (before + 1 + firstRow(codes, i)) + ", column '" + name
                        + "': the text holds the character NUL, which PostgreSQL cannot store.");
            }
            encoded[i] = text.getBytes(StandardCharsets.UTF_8);
        }
        int[] rows = codes.codes();
        return (row, out) -> {
            if (rows[row] == TextCodes.MISSING) {
                out.absent();
            } else {
                out.bytes(encoded[rows[row]]);
            }
        };
    }

    private static int firstRow(TextCodes codes, int code) {
        int row = 0;
        while (codes.codes()[row] != code) {
            row++;
        }
        return row;
    }

    private static FieldWriter rarer(Column<?> column) {
        if (column instanceof LongColumn longs) {
            long[] values = ColumnAccess.longs(longs);
            return present(column, (row, out) -> out.int8(values[row]));
        }
        if (column instanceof ShortColumn shorts) {
            short[] values = ColumnAccess.shorts(shorts);
            return present(column, (row, out) -> out.int2(values[row]));
        }
        if (column instanceof FloatColumn floats) {
            float[] values = ColumnAccess.floats(floats);
            return present(column, (row, out) -> out.int4(Float.floatToRawIntBits(values[row])));
        }
        if (column instanceof BooleanColumn flags) {
            return present(column, (row, out) -> out.bool(Boolean.TRUE.equals(flags.get(row))));
        }
        if (column instanceof DateColumn dates) {
            int[] values = ColumnAccess.dates(dates);
            return present(column, (row, out) -> out.int4(ColumnAccess.epochDay(values[row]) - EPOCH_DAYS));
        }
        if (column instanceof TimeColumn times) {
            int[] values = ColumnAccess.times(times);
            return present(column, (row, out) -> out.int8(ColumnAccess.milliOfDay(values[row]) * 1_000L));
        }
        throw BlockException.user(
                "The column '" + column.name() + "' of type " + column.type().name() + " has no type in PostgreSQL.");
    }

    private static FieldWriter present(Column<?> column, FieldWriter writer) {
        return (row, out) -> {
            if (column.isMissing(row)) {
                out.absent();
            } else {
                writer.write(row, out);
            }
        };
    }
}
