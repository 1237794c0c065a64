package io.dagshell.store;

import io.dagshell.engine.model.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds runs whose process is gone without having told their end, and says so in their rows: Crashed, as of the last
 * thing that is known of them. Whoever looks at runs on the same host does it. Runs of a deployment are left out: a
 * server wrote their events, and their agent's lease tells whether they live. Stateless.
 */
final class CrashedRuns {
    private static final String GOING = """
            select run_id, pid, process_started from runs
            where finished_at is null and host = ? and pid is not null and ordered = 0""";
    private static final String LAST = """
            select max(at) from (
                select started_at as at from runs where run_id = ?
                union all select max(created_at) from task_runs where run_id = ?
                union all select max(started_at) from task_runs where run_id = ?
                union all select max(finished_at) from task_runs where run_id = ?
                union all select max(at) from logs where run_id = ?) as moments""";
    private static final String CRASH_RUN = """
            update runs set state = ?, message = ?, finished_at = ?
            where run_id = ? and finished_at is null""";
    private static final String CRASH_TASKS = """
            update task_runs set state = ?, message = ?, finished_at = ?
            where run_id = ? and finished_at is null""";

    private CrashedRuns() {}

    private record Going(String run, ProcessMark process) {}

    static void mark(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            List<Going> dead = going(connection, ProcessMark.thisHost()).stream()
                    .filter(each -> !each.process().isAlive())
                    .toList();
            if (dead.isEmpty()) {
                return;
            }
            connection.setAutoCommit(false);
            for (Going each : dead) {
                crash(connection, each);
            }
            // As in EventWriter: after commit() SQLite's driver would begin another transaction, and hold the file by
            // it.
            connection.setAutoCommit(true);
        }
    }

    private static List<Going> going(Connection connection, String host) throws SQLException {
        List<Going> going = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(GOING)) {
            select.setString(1, host);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Instant started = Micros.instant(row.getLong("process_started"));
                    going.add(new Going(row.getString("run_id"), new ProcessMark(host, row.getLong("pid"), started)));
                }
            }
        }
        return going;
    }

    private static void crash(Connection connection, Going run) throws SQLException {
        long last = last(connection, run.run());
        String why = "process " + run.process().pid() + " ended without telling the run's end";
        for (String update : List.of(CRASH_RUN, CRASH_TASKS)) {
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                statement.setString(1, State.CRASHED.word());
                statement.setString(2, why);
                statement.setLong(3, last);
                statement.setString(4, run.run());
                statement.executeUpdate();
            }
        }
    }

    private static long last(Connection connection, String run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST)) {
            for (int index = 1; index <= 5; index++) {
                select.setString(index, run);
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
