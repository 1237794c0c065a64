package io.dagshell.blocks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Values of parameters, bound and never put into the text. */
final class SqlValue {
    private SqlValue() {}

    static void bind(PreparedStatement statement, int place, String name, @Nullable Object value) throws SQLException {
        Object given = plain(value);
        try {
            if (given == null) {
                statement.setNull(place, Types.NULL);
            } else if (given instanceof Collection<?> list) {
                statement.setArray(place, array(statement.getConnection(), list));
            } else {
                statement.setObject(place, given);
            }
        } catch (SQLException unknown) {
            throw BlockException.user("The value of :" + name + " is a "
                    + (value == null ? "null" : value.getClass().getName())
                    + ", which no column of PostgreSQL holds; give a number, text, boolean, date or time, or a list.");
        }
    }

    private static java.sql.Array array(Connection connection, Collection<?> list) throws SQLException {
        Object[] values = list.stream().map(SqlValue::plain).toArray();
        Object first = values.length == 0 ? "" : values[0];
        String type = first instanceof Integer
                ? "int4"
                : first instanceof Long
                        ? "int8"
                        : first instanceof Double ? "float8" : first instanceof Boolean ? "bool" : "text";
        return connection.createArrayOf(type, values);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Character ? value.toString() : value;
    }
}
