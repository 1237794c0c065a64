package io.dagshell.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where tables are filled before they take the place of others. */
interface RestoringPlace {

    static RestoringPlace of(Dialect dialect) {
        if (dialect instanceof SqliteDialect file) {
            return new RestoringFile(file);
        }
        return new RestoringSchema((PostgresDialect) dialect);
    }

    /** What is filled. */
    Dialect dialect();

    /** The schema in it, or null if it is all of it. */
    @Nullable
    String schema();

    /** Refuses while DagShell's processes use what is to be replaced, where that can be seen. */
    void requireUnused() throws SQLException;

    /** Makes it, empty. */
    void make() throws SQLException;

    /** A connection to it. */
    Connection connect() throws SQLException;

    /** After the last row. */
    void filled(Connection connection) throws SQLException;

    /** Puts it where people look, and says where what was there is now. */
    Optional<String> swap(String stamp) throws SQLException;

    /** Leaves nothing of it. */
    void discard();
}
