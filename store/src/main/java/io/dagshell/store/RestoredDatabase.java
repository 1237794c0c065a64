package io.dagshell.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A database that is made anew from rows of a {@link DatabaseCopy}, beside the one that may be there: that stays as it is
 * until {@link #finish}, and stays for ever under another name. Tables are made as they were when the rows were read,
 * filled, and then brought to this version's form, so an older copy is welcome and so is one of the other database.
 * Used by one thread.
 */
public final class RestoredDatabase implements AutoCloseable {
    private final Database database;
    private final RestoringPlace place;
    private final Connection connection;
    private final List<String> tables;
    private boolean over;

    private RestoredDatabase(Database database, RestoringPlace place, Connection connection, List<String> tables) {
        this.database = database;
        this.place = place;
        this.connection = connection;
        this.tables = tables;
    }

    /**
     * Begins, with empty tables of {@code version}.
     *
     * @throws StoreException the database does not answer, or processes of DagShell use it
     */
    public static RestoredDatabase begin(Database database, int version) {
        RestoringPlace place = RestoringPlace.of(database.dialect());
        try {
            database.close(); // its own kept connections are to that which is replaced
            place.requireUnused();
            place.make();
            Database.migrate(place.dialect(), version, place.schema());
            Connection connection = place.connect();
            connection.setAutoCommit(false);
            return new RestoredDatabase(database, place, connection, TableNames.of(version));
        } catch (SQLException failure) {
            place.discard();
            throw unwritten(database, failure);
        }
    }

    /**
     * Fills a table and says with how many rows.
     *
     * @throws StoreException the database takes them not, or there is no such table
     */
    public long fill(String table, InputStream rows) throws IOException {
        if (!tables.contains(table)) {
            throw new StoreException("Its version has no table '" + table + "'.", null);
        }
        try {
            return RowJson.read(
                    rows,
                    columns -> connection.prepareStatement(
                            "insert into " + table + " (" + String.join(", ", quoted(columns)) + ") values ("
                                    + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")"));
        } catch (SQLException failure) {
            throw unwritten(database, failure);
        }
    }

    private static List<String> quoted(List<String> columns) {
        return columns.stream().map(name -> '"' + name.replace("\"", "") + '"').toList();
    }

    /**
     * Brings the tables to this version's form and puts them where a server looks for them.
     *
     * @param stamp goes into the name under which what was there stays
     * @return where that is, if something was there
     */
    public Optional<String> finish(String stamp) {
        try {
            place.filled(connection);
            connection.commit();
            connection.close();
            Database.migrate(place.dialect(), Database.newest(), place.schema());
            Optional<String> former = place.swap(stamp);
            over = true;
            return former;
        } catch (SQLException failure) {
            throw unwritten(database, failure);
        }
    }

    private static StoreException unwritten(Database database, SQLException failure) {
        return new StoreException(
                "The database " + database.place() + " could not be restored, and what was there is as it was: "
                        + EventWriter.reason(failure),
                failure);
    }

    /** Throws away what is not finished. */
    @Override
    public void close() {
        if (over) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException gone) {
            System.getLogger(RestoredDatabase.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection that was written to", gone);
        }
        place.discard();
    }
}
