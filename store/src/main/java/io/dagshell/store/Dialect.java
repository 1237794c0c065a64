package io.dagshell.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is different between the databases that hold our tables. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {
    /** What people call the place: a file, or an address without a password. */
    String place();

    /** Makes what must be there before the first connection. */
    void makePlace() throws SQLException;

    /** Opens connections, each a new one. */
    DataSource source();

    /** Opens connections for work that may take minutes, such as an index over what is there. */
    DataSource patientSource();

    /** Said on each connection that is kept, before it is used. */
    @Nullable
    String firstStatement();

    /** What the migrations say differently here. */
    Map<String, String> placeholders();

    /** Whether there is something to connect to. Changes nothing. */
    boolean isThere();

    /** Whether a table of that name is there. */
    boolean hasTable(Connection connection, String name) throws SQLException;

    /** How long a first opening that failed so is worth repeating, in milliseconds: 0 if it would fail again. */
    long patience(SQLException failure);

    /** A connection that is refused soon if the database does not answer, to ask whether it does. */
    Connection probe() throws SQLException;

    /** Fails, with what to do, if nothing can be written for want of room, where that can be seen from here. */
    void requireRoom() throws SQLException;

    /** How many connections are worth keeping. */
    int connections();
}
