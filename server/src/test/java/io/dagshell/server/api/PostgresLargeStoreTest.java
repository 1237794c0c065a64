package io.dagshell.server.api;

import io.dagshell.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;

/** By what PostgreSQL counts: rows that scans of whole tables read. */
class PostgresLargeStoreTest extends LargeStoreContract {
    /**
     * With a row for a run, not for a task. A list of runs joins its fifty with {@code runs}, for which PostgreSQL finds
     * one pass over ten thousand rows cheaper than fifty looks into the index; the bars of all time count all of {@code
     * flow_runs}, as they must (by {@code auto_explain}).
     */
    private static final Set<String> READ_BY_SOME = Set.of("runs", "flow_runs");

    private final EmbeddedPostgres postgres = begin();
    private Map<String, Long> before = Map.of();

    private static EmbeddedPostgres begin() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    Database open() {
        return Database.at("postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres");
    }

    @AfterEach
    void end() throws IOException {
        postgres.close();
    }

    @Override
    void watch() throws SQLException {
        before = read();
    }

    @Override
    List<String> wholeTables() throws SQLException {
        List<String> bad = new ArrayList<>();
        read().forEach((table, rows) -> {
            long more = rows - before.getOrDefault(table, 0L);
            if (LARGE.contains(table) && !READ_BY_SOME.contains(table) && more > 0) {
                bad.add(table + ": " + more + " rows");
            }
        });
        return bad;
    }

    /** A connection tells what it counted a second after it was last used, at the latest when it is closed. */
    private Map<String, Long> read() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        database.close();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(1.5)");
            try (ResultSet row = statement.executeQuery("select relname, seq_tup_read from pg_stat_user_tables")) {
                while (row.next()) {
                    rows.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return rows;
    }
}
