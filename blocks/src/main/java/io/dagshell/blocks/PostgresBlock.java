package io.dagshell.blocks;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.TableStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import tech.tablesaw.api.Table;

/**
 * A PostgreSQL database. Each load is one transaction of a binary {@code COPY}: readers see all of it or nothing, and a
 * load that a retry repeats after its acknowledgement was lost is found by its marker and not done twice. Immutable;
 * every use opens a connection of its own.
 */
public final class PostgresBlock {
    private static final String CONNECT = "connect";

    private final String name;
    private final PostgresSettings settings;

    PostgresBlock(String name, PostgresSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Adds the rows of {@code data}; the table is created if it is not there. Answers the rows loaded. */
    public long append(String table, Table data) {
        return load(table, false, sink -> sink.take(data));
    }

    /** Adds the rows of a stream, chunk by chunk. */
    public long append(String table, TableStream data) throws IOException {
        return loadStream(table, false, data);
    }

    /** Puts the rows of {@code data} in place of the table, whatever it was. Answers the rows loaded. */
    public long replace(String table, Table data) {
        return load(table, true, sink -> sink.take(data));
    }

    /** Puts the rows of a stream in place of the table. */
    public long replace(String table, TableStream data) throws IOException {
        return loadStream(table, true, data);
    }

    private long loadStream(String table, boolean replace, TableStream data) throws IOException {
        IOException[] unreadable = new IOException[1];
        try {
            return load(table, replace, sink -> {
                try {
                    data.forEach(sink::take);
                } catch (IOException failure) {
                    unreadable[0] = failure;
                    throw new SourceFailed();
                }
            });
        } catch (SourceFailed failed) {
            throw unreadable[0];
        }
    }

    /** Leaves the transaction when the stream's source fails; its own exception goes on. */
    private static final class SourceFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceFailed() {
            super(null, null, false, false);
        }
    }

    /** Gives the rows to a load. */
    private interface Feed {
        void into(PostgresLoad load) throws SQLException;
    }

    private long load(String table, boolean replace, Feed feed) {
        Call call = Engine.current();
        int effect = call.nextEffect();
        try (Connection connection = connect();
                Cancellation.Registration cancel = call.cancellation().onCancel(() -> abort(connection))) {
            connection.setAutoCommit(false);
            LoadMarker marker = new LoadMarker(connection, call, effect);
            var before = marker.rows();
            if (before.isPresent()) {
                return before.getAsLong();
            }
            PostgresLoad load = new PostgresLoad(connection, table, replace, call);
            feed.into(load);
            long rows = load.finish();
            if (!marker.set(table, rows)) {
                connection.rollback();
                return marker.rows().orElseThrow();
            }
            connection.commit();
            return rows;
        } catch (SQLException failure) {
            throw failed("load table '" + table + "'", failure);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            // The connection is closed already: there is nothing left to stop.
            Thread.yield();
        }
    }

    /** Rows of a table. */
    public long count(String table) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + PostgresLoad.quoted(table))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw failed("count the rows of '" + table + "'", failure);
        }
    }

    String version() {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException failure) {
            throw failed("ask for the version", failure);
        }
    }

    private Connection connect() {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "4");
        properties.setProperty("loginTimeout", "5");
        // a server that vanished without a word must not hold a task for ever
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "dagshell");
        try {
            // DriverManager looks through the thread's class loader, and a cell's sees no driver of ours.
            return Objects.requireNonNull(new Driver().connect("jdbc:postgresql://" + settings.place(), properties));
        } catch (SQLException failure) {
            throw failed(CONNECT, failure);
        }
    }

    private BlockException failed(String what, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String reason = switch (state) {
            case "08001", "08004", "08006", "08003", "57P01", "57P02" ->
                what.equals(CONNECT)
                        ? "cannot be reached; is it running, and are host and port right?"
                        : "ended the connection before it could " + what;
            case "28P01", "28000" -> "refuses user '" + settings.user() + "' with this password";
            case "3D000" -> "has no database '" + settings.database() + "'";
            case "42501" -> "does not let user '" + settings.user() + "' " + what;
            case "53100" -> "has no space left on its disk";
            default -> "could not " + what + ": " + firstLine(failure);
        };
        FailureKind kind = state.startsWith("22") || state.startsWith("42") ? FailureKind.USER : FailureKind.RESOURCE;
        String end = reason.endsWith("?") ? "" : ".";
        return new BlockException(
                kind, "Block '" + name + "': PostgreSQL at " + settings.place() + " " + reason + end, failure);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\.$", "");
    }
}
