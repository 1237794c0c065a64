package io.dagshell.store;

import io.dagshell.engine.deploy.DependencyLock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All rows of a database as they were at one moment, while others go on writing: one transaction that reads, which holds
 * nobody up. The database is not changed, and an older one not renewed. Used by one thread.
 *
 * <pre>{@code
 * try (DatabaseCopy copy = DatabaseCopy.of(database)) {
 *     for (String table : copy.tables()) {
 *         copy.write(table, out);
 *     }
 * }
 * }</pre>
 */
public final class DatabaseCopy implements AutoCloseable {
    /** Jars travel by themselves, for only PostgreSQL keeps them here. */
    static final String LIBRARIES = "libraries";

    /** Who is logged in just now: a copy that is restored later must let nobody in who has logged out since. */
    private static final Set<String> OF_THE_MOMENT = Set.of("sessions", "login_failures");

    private static final int ROWS_AT_ONCE = 500;

    private final Database database;
    private final Connection connection;
    private final int version;
    private final List<String> tables;

    private DatabaseCopy(Database database, Connection connection, int version, List<String> tables) {
        this.database = database;
        this.connection = connection;
        this.version = version;
        this.tables = tables;
    }

    /**
     * The database as it is now.
     *
     * @throws StoreException it does not answer, has no tables, or those of a newer DagShell
     */
    public static DatabaseCopy of(Database database) {
        OptionalInt version = database.version();
        database.requireKnown();
        if (version.isEmpty()) {
            throw new StoreException("There is nothing in the database " + database.place() + " yet.", null);
        }
        try {
            List<String> tables = TableNames.of(version.getAsInt());
            return new DatabaseCopy(database, reading(database), version.getAsInt(), tables);
        } catch (SQLException failure) {
            throw unreadable(database, failure);
        }
    }

    private static Connection reading(Database database) throws SQLException {
        Connection connection = database.dialect().patientSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            if (database.isPostgres()) {
                connection.setAutoCommit(false);
                statement.execute("set transaction isolation level repeatable read read only");
            } else {
                // The driver's own transactions would keep others from writing.
                statement.execute("begin deferred");
            }
            // The moment is that of the first question.
            try (ResultSet row = statement.executeQuery("select count(*) from " + Database.HISTORY)) {
                row.next();
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** The version of the tables. */
    public int version() {
        return version;
    }

    /** Names of the tables, in an order in which they can be filled. */
    public List<String> tables() {
        return tables.stream()
                .filter(name -> !name.equals(LIBRARIES) && !OF_THE_MOMENT.contains(name))
                .toList();
    }

    /** Writes a table as lines of JSON and says how many rows it has; {@code out} stays open. */
    public long write(String table, OutputStream out) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                return RowJson.write(rows, out);
            }
        } catch (SQLException failure) {
            throw unreadable(database, failure);
        }
    }

    /** The libraries that versions of deployments need, each once. */
    public Set<DependencyLock.Entry> libraries() {
        Set<DependencyLock.Entry> entries = new LinkedHashSet<>();
        if (!tables.contains("deployment_files")) {
            return entries;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select c.bytes from contents c where c.digest in"
                        + " (select f.digest from deployment_files f where f.name = 'deps.lock') order by c.digest")) {
            while (row.next()) {
                entries.addAll(DependencyLock.parse(new String(row.getBytes(1), StandardCharsets.UTF_8))
                        .entries());
            }
            return entries;
        } catch (SQLException failure) {
            throw unreadable(database, failure);
        }
    }

    /** Whether a jar is kept in the database. */
    public boolean hasLibrary(String sha256) {
        if (!tables.contains(LIBRARIES)) {
            return false;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from libraries where digest = ? and piece = 0")) {
            statement.setString(1, sha256);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException failure) {
            throw unreadable(database, failure);
        }
    }

    /** Writes a jar that is kept in the database; false, with nothing written, if it is not. */
    public boolean library(String sha256, OutputStream out) throws IOException {
        if (!tables.contains(LIBRARIES)) {
            return false;
        }
        boolean found = false;
        try (PreparedStatement statement =
                connection.prepareStatement("select bytes from libraries where digest = ? order by piece")) {
            statement.setFetchSize(1);
            statement.setString(1, sha256);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    out.write(row.getBytes(1));
                    found = true;
                }
            }
        } catch (SQLException failure) {
            throw unreadable(database, failure);
        }
        return found;
    }

    private static StoreException unreadable(Database database, SQLException failure) {
        return new StoreException(
                "The database " + database.place() + " cannot be read: " + EventWriter.reason(failure), failure);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            System.getLogger(DatabaseCopy.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection that was read from", gone);
        }
    }
}
