package io.dagshell.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables there are in a version. Asked of the migrations themselves, in a file made for it, so that no list of them
 * can be out of date, and tables of others in the same PostgreSQL schema are nothing of ours.
 */
final class TableNames {
    /** Whose rows name rows of others comes later: the first versions checked that. */
    private static final Comparator<String> RUNS_FIRST =
            Comparator.<String, Boolean>comparing(name -> !name.equals("runs")).thenComparing(name -> name);

    private TableNames() {}

    static List<String> of(int version) throws SQLException {
        try {
            Path folder = Files.createTempDirectory("dagshell-tables");
            try {
                SqliteDialect file = new SqliteDialect(folder.resolve("tables.db"), 0);
                Database.migrate(file, version, null);
                return read(file);
            } finally {
                delete(folder);
            }
        } catch (IOException failure) {
            throw new SQLException("no temporary file can be made: " + failure.getMessage(), failure);
        }
    }

    private static List<String> read(SqliteDialect file) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = file.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")) {
            while (row.next()) {
                if (!row.getString(1).equals(Database.HISTORY)) {
                    names.add(row.getString(1));
                }
            }
        }
        names.sort(RUNS_FIRST);
        return names;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
