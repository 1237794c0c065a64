package io.dagshell.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A schema of the PostgreSQL database, whose tables are moved into the usual one, all in one transaction. */
final class RestoringSchema implements RestoringPlace {
    private static final String SCHEMA = "dagshell_restoring";

    private static final String OTHERS = """
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'dagshell' and pid <> pg_backend_pid()""";

    private static final int CLOSING_STEPS = 20;
    private static final long CLOSING_STEP_NANOS = 100_000_000;

    private final PostgresDialect dialect;

    RestoringSchema(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String schema() {
        return SCHEMA;
    }

    @Override
    public void requireUnused() throws SQLException {
        try (Connection connection = dialect.source().getConnection()) {
            String others = one(connection, OTHERS);
            // One that was closed is still there for a moment.
            for (int i = 0; i < CLOSING_STEPS && !others.equals("0"); i++) {
                LockSupport.parkNanos(CLOSING_STEP_NANOS);
                others = one(connection, OTHERS);
            }
            if (!others.equals("0")) {
                throw new SQLException(others + " connections of DagShell's servers are open to it; stop them first");
            }
        }
    }

    @Override
    public void make() throws SQLException {
        execute("drop schema if exists " + SCHEMA + " cascade", "create schema " + SCHEMA);
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = dialect.patientSource().getConnection();
        connection.setSchema(SCHEMA);
        return connection;
    }

    /** Numbers that the database gives go on behind the greatest there is. */
    @Override
    public void filled(Connection connection) throws SQLException {
        for (String column : list(
                connection,
                "select table_name || '.' || column_name from information_schema.columns where table_schema = '"
                        + SCHEMA + "' and is_identity = 'YES'")) {
            String table = column.substring(0, column.indexOf('.'));
            String name = column.substring(column.indexOf('.') + 1);
            one(
                    connection,
                    "select setval(pg_get_serial_sequence('" + SCHEMA + "." + table + "', '" + name
                            + "'), (select coalesce(max(" + name + "), 0) + 1 from " + table + "), false)");
        }
    }

    @Override
    public Optional<String> swap(String stamp) throws SQLException {
        try (Connection connection = dialect.patientSource().getConnection()) {
            String usual = one(connection, "select current_schema()");
            List<String> made = tables(connection, SCHEMA);
            List<String> there = new ArrayList<>(tables(connection, usual));
            there.retainAll(made);
            String former = "dagshell_replaced_" + stamp.replaceAll("\\W", "_");
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (!there.isEmpty()) {
                    statement.execute("create schema " + former);
                }
                for (String table : there) {
                    statement.execute("alter table \"" + usual + "\"." + table + " set schema " + former);
                }
                for (String table : made) {
                    statement.execute("alter table " + SCHEMA + "." + table + " set schema \"" + usual + "\"");
                }
                statement.execute("drop schema " + SCHEMA);
            }
            connection.commit();
            return there.isEmpty() ? Optional.empty() : Optional.of("the schema " + former);
        }
    }

    private static List<String> tables(Connection connection, String schema) throws SQLException {
        return list(connection, "select tablename from pg_tables where schemaname = '" + schema + "' order by 1");
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return list(connection, sql).get(0);
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = dialect.patientSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void discard() {
        try {
            execute("drop schema if exists " + SCHEMA + " cascade");
        } catch (SQLException left) {
            System.getLogger(RestoringSchema.class.getName())
                    .log(System.Logger.Level.WARNING, "the schema " + SCHEMA + " is left: " + left.getMessage());
        }
    }
}
