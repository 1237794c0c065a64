package io.dagshell.blocks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
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

/**
 * A column that fills itself from an answer's rows: the type a table's column of it was written as, and text for types that
 * tables do not have.
 */
record ReadColumn(Column<?> column, Reader reader) {
    /** The last years that tables hold; {@code infinity} lies beyond. */
    private static final int LAST_YEAR = Short.MAX_VALUE;

    /** Appends one field to the column; {@code false} if it is null. */
    private interface Reader {
        boolean read(ResultSet rows, int field, long row) throws SQLException;
    }

    void read(ResultSet rows, int field, long row) throws SQLException {
        if (!reader.read(rows, field, row)) {
            column.appendMissing();
        }
    }

    static ReadColumn of(String name, String type) {
        return switch (type) {
            case "int2", "smallserial" -> shorts(ShortColumn.create(name));
            case "int4", "serial" -> ints(IntColumn.create(name));
            case "int8", "bigserial", "oid" -> longs(LongColumn.create(name));
            case "float4" -> floats(FloatColumn.create(name));
            case "float8", "numeric" -> doubles(DoubleColumn.create(name));
            case "bool" -> booleans(BooleanColumn.create(name));
            case "date" -> dates(DateColumn.create(name));
            case "time" -> times(TimeColumn.create(name));
            case "timestamp" -> timestamps(DateTimeColumn.create(name));
            case "timestamptz" -> instants(InstantColumn.create(name));
            default -> texts(StringColumn.create(name));
        };
    }

    private static ReadColumn shorts(ShortColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            short value = rows.getShort(field);
            if (value == Short.MIN_VALUE) {
                throw noValue(column, row, "" + value, "integer");
            }
            return value == 0 && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn ints(IntColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            int value = rows.getInt(field);
            if (value == Integer.MIN_VALUE) {
                throw noValue(column, row, "" + value, "bigint");
            }
            return value == 0 && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn longs(LongColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            long value = rows.getLong(field);
            if (value == Long.MIN_VALUE) {
                throw noValue(column, row, "" + value, "text");
            }
            return value == 0 && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn floats(FloatColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            float value = rows.getFloat(field);
            return value == 0 && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn doubles(DoubleColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            double value = rows.getDouble(field);
            return value == 0 && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn booleans(BooleanColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            boolean value = rows.getBoolean(field);
            return !value && rows.wasNull() ? false : column.append(value) != null;
        });
    }

    private static ReadColumn texts(StringColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            String value = rows.getString(field);
            return value != null && column.append(value) != null;
        });
    }

    private static ReadColumn dates(DateColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            LocalDate value = rows.getObject(field, LocalDate.class);
            return value != null && column.append(within(column, row, value, value.getYear())) != null;
        });
    }

    private static ReadColumn times(TimeColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            LocalTime value = rows.getObject(field, LocalTime.class);
            return value != null && column.append(value) != null;
        });
    }

    private static ReadColumn timestamps(DateTimeColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            LocalDateTime value = rows.getObject(field, LocalDateTime.class);
            return value != null && column.append(within(column, row, value, value.getYear())) != null;
        });
    }

    private static ReadColumn instants(InstantColumn column) {
        return new ReadColumn(column, (rows, field, row) -> {
            OffsetDateTime value = rows.getObject(field, OffsetDateTime.class);
            return value != null
                    && column.append(within(column, row, value, value.getYear()).toInstant()) != null;
        });
    }

    private static <T> T within(Column<?> column, long row, T value, int year) {
        if (year > LAST_YEAR || year < -LAST_YEAR) {
            throw noValue(column, row, year > 0 ? "infinity" : "-infinity", "text");
        }
        return value;
    }

    private static BlockException noValue(Column<?> column, long row, @Nullable String value, String type) {
        return BlockException.user(
                "Row " + row + ", column '" + column.name() + "': tables have no " + value + " in a column of type "
                        + column.type().name().toLowerCase(java.util.Locale.ROOT) + "; cast it in the query: "
                        + PostgresName.quoted(column.name()) + "::" + type + ".");
    }
}
