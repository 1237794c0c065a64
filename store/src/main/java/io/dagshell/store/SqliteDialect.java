package io.dagshell.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** A file of this machine. */
record SqliteDialect(Path file, int busyMillis) implements Dialect {
    private static final long LEAST_FREE = 1 << 20;

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public DataSource source() {
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

    @Override
    public DataSource patientSource() {
        return source();
    }

    @Override
    public @Nullable String firstStatement() {
        return null;
    }

    @Override
    public void makePlace() throws SQLException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException failure) {
            throw new SQLException("the folder " + folder + " cannot be created", failure);
        }
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("bytes", "blob", "postgres", "-- ");
    }

    @Override
    public boolean isThere() {
        return Files.exists(file);
    }

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from sqlite_master where type = 'table' and name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Turning a new file to WAL, and some locks while it is recovered, do not wait for the busy timeout. */
    @Override
    public long patience(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (sql.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return busyMillis;
            }
        }
        return 0;
    }

    @Override
    public Connection probe() throws SQLException {
        return source().getConnection();
    }

    @Override
    public void requireRoom() throws SQLException {
        long free;
        try {
            free = Files.getFileStore(file).getUsableSpace();
        } catch (IOException unknown) {
            // Then whoever writes will see.
            return;
        }
        if (free < LEAST_FREE) {
            throw new SQLException("there is no room on its disk (" + free / 1024
                    + " KB left); make some there, and what" + " waits is written");
        }
    }

    @Override
    public int connections() {
        return 4;
    }
}
