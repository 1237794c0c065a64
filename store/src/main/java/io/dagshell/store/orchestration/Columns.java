package io.dagshell.store.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Values as the columns keep them. Stateless. */
final class Columns {
    static final ObjectMapper JSON = new ObjectMapper();

    private Columns() {}

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }

    static OptionalInt number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static State state(ResultSet row) throws SQLException {
        String word = row.getString("state");
        return State.ofWord(word)
                .orElseThrow(
                        () -> new SQLException("unknown state '" + word + "'; was it written by a newer DagShell?"));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of(read(row, column, String[].class));
    }

    static <T> T read(ResultSet row, String column, Class<T> type) throws SQLException {
        try {
            return JSON.readValue(row.getString(column), type);
        } catch (JsonProcessingException damaged) {
            throw new SQLException("column " + column + " holds no JSON as expected", damaged);
        }
    }
}
