package io.dagshell.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database file: connections to it, and its tables brought to this version's form by the first that asks.
 * Thread-safe; several processes may do so at once.
 */
final class Database {
    /** Version of the newest file in {@code migrations}. */
    static final String VERSION = "2";

    private static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final int busyMillis;
    private boolean ready;

    Database(Path file) {
        this(file, BUSY_MILLIS);
    }

    Database(Path file, int busyMillis) {
        this.file = file;
        this.busyMillis = busyMillis;
    }

    Path file() {
        return file;
    }

    Connection connect() throws SQLException {
        prepare();
        return source().getConnection();
    }

    /** Creates or renews the tables if they are not of this version. */
    synchronized void prepare() throws SQLException {
        if (ready) {
            return;
        }
        createFolder();
        SQLiteDataSource source = source();
        // Flyway loads 300 ms worth of classes: only a new or older database needs it.
        if (!isCurrent(source)) {
            migrate(source);
        }
        ready = true;
    }

    private void createFolder() throws SQLException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException failure) {
            throw new SQLException("the folder " + folder + " cannot be created", failure);
        }
    }

    private static boolean isCurrent(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet known = statement.executeQuery(
                    "select 1 from sqlite_master where type = 'table' and name = 'flyway_schema_history'")) {
                if (!known.next()) {
                    return false;
                }
            }
            try (ResultSet done = statement.executeQuery(
                    "select 1 from flyway_schema_history where success = 1 and version = '" + VERSION + "'")) {
                return done.next();
            }
        }
    }

    private static void migrate(SQLiteDataSource source) throws SQLException {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:io/dagshell/store/migrations")
                    // A newer DagShell may have been here; it only ever adds.
                    .ignoreMigrationPatterns("*:future")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new SQLException(failure.getMessage(), failure);
        }
    }

    private SQLiteDataSource source() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // What was committed survives the process's death always; the last moments before a power loss may be missing.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(busyMillis);
        // A transaction that starts by reading cannot become a writing one while another process writes.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(JDBC.PREFIX + file.toAbsolutePath());
        return source;
    }
}
