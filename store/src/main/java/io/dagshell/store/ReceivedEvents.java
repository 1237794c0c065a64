package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes events that an agent forwards. Each has its place in its run; what was taken before is passed over, in the same
 * transaction that takes the rest, so that an agent may send a batch again when it does not know. Thread-safe.
 */
final class ReceivedEvents {
    private static final String BEGIN =
            "insert into received_events (run_id, next) values (?, 0) on conflict do nothing";
    private static final String ADVANCE = "update received_events set next = ? where run_id = ?";
    private final Database database;

    ReceivedEvents(Database database) {
        this.database = database;
    }

    /** See {@link RunStore#receive}. */
    long receive(RunId run, long first, List<RunEvent> events) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            long next = next(connection, run);
            int known = (int) Math.min(events.size(), Math.max(0, next - first));
            List<RunEvent> unknown = first > next ? List.of() : events.subList(known, events.size());
            if (!unknown.isEmpty()) {
                EventProjection rows = new EventProjection(connection, ProcessMark.current());
                for (RunEvent event : unknown) {
                    rows.write(event);
                }
                next += unknown.size();
                advance(connection, run, next);
            }
            // As in EventWriter: after commit() SQLite's driver would wait for whoever writes, to begin another.
            connection.setAutoCommit(true);
            return next;
        } catch (SQLException failure) {
            throw new StoreException(
                    "Events of run " + run + " cannot be recorded in " + database.place() + ": "
                            + EventWriter.reason(failure),
                    failure);
        }
    }

    private long next(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setString(1, run.toString());
            begin.executeUpdate();
        }
        String lock = database.isPostgres() ? " for update" : "";
        try (PreparedStatement select =
                connection.prepareStatement("select next from received_events where run_id = ?" + lock)) {
            select.setString(1, run.toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void advance(Connection connection, RunId run, long next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, next);
            update.setString(2, run.toString());
            update.executeUpdate();
        }
    }
}
