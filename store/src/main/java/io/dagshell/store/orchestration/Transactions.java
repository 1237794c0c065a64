package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.StoreException;
import java.sql.SQLException;
import java.sql.Types;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Runs pieces of work on the database, each wholly or not at all; for the packages of this room. Thread-safe. */
public final class Transactions {
    private final Database database;
    private final Jdbi jdbi;

    /** Of that database, which stays the caller's to close. */
    public Transactions(Database database) {
        this.database = database;
        this.jdbi = Jdbi.create(() -> database.pool().getConnection());
        jdbi.registerArgument(new Texts());
    }

    /** PostgreSQL takes no NUL in a text; what SQLite keeps is to be the same. */
    private static final class Texts extends AbstractArgumentFactory<String> {
        Texts() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            String kept = value.replace('\0', '\uFFFD');
            return (position, statement, context) -> statement.setString(position, kept);
        }
    }

    /** For a test that reads the statements. */
    Jdbi jdbi() {
        return jdbi;
    }

    /** Appended to a select: its rows are this transaction's, and rows of another transaction are left out. */
    String skipLocked(String table) {
        return database.isPostgres() ? " for update of " + table + " skip locked" : "";
    }

    /** Whether two transactions may write at once. */
    boolean locksRows() {
        return database.isPostgres();
    }

    /** Appended to a select: its rows are this transaction's, after waiting for others. */
    public String forUpdate() {
        return database.isPostgres() ? " for update" : "";
    }

    /** Appended to a select: its rows stay as they are until this transaction ends. */
    String forShare() {
        return database.isPostgres() ? " for share" : "";
    }

    /** Work that changes nothing. */
    public <T> T read(Function<Handle, T> work) {
        return on(work, "read");
    }

    /** Work that is done as one. */
    public <T> T write(Function<Handle, T> work) {
        return on(
                handle -> database.isPostgres() ? handle.inTransaction(work::apply) : immediately(handle, work),
                "written");
    }

    /**
     * The statements are our own: the driver's {@code commit()} would at once begin the next transaction and so wait
     * for whoever writes.
     */
    private static <T> T immediately(Handle handle, Function<Handle, T> work) {
        handle.execute("begin immediate");
        boolean done = false;
        try {
            T result = work.apply(handle);
            handle.execute("commit");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(handle);
            }
        }
    }

    /** A full disk has SQLite roll back by itself; that there is nothing left to do must not hide why. */
    private static void rollBack(Handle handle) {
        try {
            handle.execute("rollback");
        } catch (JdbiException over) {
            System.getLogger(Transactions.class.getName())
                    .log(System.Logger.Level.DEBUG, "no transaction to roll back", over);
        }
    }

    private <T> T on(Function<Handle, T> work, String verb) {
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        } catch (JdbiException failure) {
            throw new StoreException(
                    "The state in " + database.place() + " cannot be " + verb + ": " + reason(failure), failure);
        }
    }

    private static String reason(JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getMessage() != null) {
                return sql.getMessage().strip();
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
