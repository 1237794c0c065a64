package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * One row a load in {@code dagshell_loads}, written in the load's own transaction. A retry whose first attempt was
 * committed, though nobody heard of it, finds the row. Outside a run there are no retries and no marker.
 */
final class LoadMarker {
    private static final String CREATE = """
            create table if not exists dagshell_loads (
                run text not null, path text not null, effect int not null, table_name text not null,
                rows bigint not null, loaded_at timestamptz not null default now(),
                primary key (run, path, effect))""";
    /** Only one session at a time may create the table: "if not exists" alone can still collide. */
    private static final String LOCK = "select pg_advisory_xact_lock(7232416502217)";

    private final Connection connection;
    private final Call call;
    private final int effect;

    LoadMarker(Connection connection, Call call, int effect) {
        this.connection = connection;
        this.call = call;
        this.effect = effect;
    }

    private boolean isInRun() {
        return !call.path().value().isEmpty();
    }

    /** Rows of this very load, if it was committed before. */
    OptionalLong rows() throws SQLException {
        if (!isInRun()) {
            return OptionalLong.empty();
        }
        if (!isTableThere()) {
            createTable();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select rows from dagshell_loads where run = ? and path = ? and effect = ?")) {
            select.setString(1, call.effectRun().toString());
            select.setString(2, call.path().value());
            select.setInt(3, effect);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Asked first: whoever only adds to tables that exist need not be allowed to create one. */
    private boolean isTableThere() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('dagshell_loads') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            statement.execute(CREATE);
        }
        connection.commit();
    }

    /**
     * Marks the load in its transaction. False when an earlier attempt has marked it: its commit was still under way when
     * this one looked, and the insert has waited for its end. This transaction is then one too many.
     */
    boolean set(String table, long rows) throws SQLException {
        if (!isInRun()) {
            return true;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into dagshell_loads (run, path, effect, table_name, rows) values (?, ?, ?, ?, ?)
                on conflict do nothing""")) {
            insert.setString(1, call.effectRun().toString());
            insert.setString(2, call.path().value());
            insert.setInt(3, effect);
            insert.setString(4, table);
            insert.setLong(5, rows);
            return insert.executeUpdate() == 1;
        }
    }
}
