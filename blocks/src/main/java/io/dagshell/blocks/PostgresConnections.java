package io.dagshell.blocks;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Opens connections of one block, ends what a cancelled call does with them, and says what went wrong. Thread-safe. */
record PostgresConnections(String name, PostgresSettings settings) {
    private static final String CONNECT = "connect";

    /** A connection of its own, each statement a transaction. */
    Connection open() {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "4");
        properties.setProperty("loginTimeout", "5");
        // a server that vanished without a word must not hold a task for ever
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "dagshell");
        // a text given for a date, a number or a uuid is read as one, as a literal would be
        properties.setProperty("stringtype", "unspecified");
        try {
            // DriverManager looks through the thread's class loader, and a cell's sees no driver of ours.
            return Objects.requireNonNull(new Driver().connect("jdbc:postgresql://" + settings.place(), properties));
        } catch (SQLException failure) {
            throw failed(CONNECT, failure);
        }
    }

    /** When the call is cancelled, the server hears of it and the connection ends; closing takes that back. */
    static Cancellation.Registration ending(Connection connection, Call call) {
        return call.cancellation().onCancel(() -> abort(connection));
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

    /** What failed, or that the call was cancelled if that is why. */
    RuntimeException failed(String what, SQLException failure, Call call) {
        if (call.cancellation().isCancelled()) {
            CancellationException cancelled = new CancellationException("cancelled");
            cancelled.initCause(failure);
            return cancelled;
        }
        return failed(what, failure);
    }

    BlockException failed(String what, SQLException failure) {
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
        FailureKind kind = isUsers(state) ? FailureKind.USER : FailureKind.RESOURCE;
        String end = reason.endsWith("?") ? "" : ".";
        return new BlockException(
                kind, "Block '" + name + "': PostgreSQL at " + settings.place() + " " + reason + end, failure);
    }

    /** Data, constraints and statements stay wrong however often they are sent. */
    private static boolean isUsers(String state) {
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42") || state.startsWith("0A");
    }

    static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\.$", "");
    }
}
