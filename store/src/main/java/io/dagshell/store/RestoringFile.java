package io.dagshell.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SQLite file beside the one that is to be replaced, whose place it takes by its name. */
final class RestoringFile implements RestoringPlace {
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private final Path target;
    private final Path part;
    private final SqliteDialect dialect;

    RestoringFile(SqliteDialect dialect) {
        this.target = dialect.file().toAbsolutePath();
        this.part = target.resolveSibling(target.getFileName() + ".restoring");
        this.dialect = new SqliteDialect(part, dialect.busyMillis());
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public @Nullable String schema() {
        return null;
    }

    @Override
    public void requireUnused() {
        // A file does not know who has it open; the server's address does.
    }

    @Override
    public void make() throws SQLException {
        dialect.makePlace();
        discard();
    }

    @Override
    public Connection connect() throws SQLException {
        return dialect.source().getConnection();
    }

    @Override
    public void filled(Connection connection) {
        // Numbers of logs go on behind the greatest.
    }

    @Override
    public Optional<String> swap(String stamp) throws SQLException {
        check();
        try {
            Path former = target.resolveSibling(target.getFileName() + ".replaced-" + stamp);
            boolean was = Files.exists(target);
            // The log first: without its file it is nothing, the file without it lacks the latest.
            for (String ending : List.of("-wal", "-shm", "")) {
                Path file = target.resolveSibling(target.getFileName() + ending);
                if (Files.exists(file)) {
                    Files.move(file, former.resolveSibling(former.getFileName() + ending));
                }
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return was ? Optional.of(former.toString()) : Optional.empty();
        } catch (IOException failure) {
            throw new SQLException(failure.toString(), failure);
        }
    }

    /** All of it in the one file, on the disk. */
    private void check() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
            try (ResultSet row = statement.executeQuery("pragma quick_check")) {
                if (!row.next() || !"ok".equals(row.getString(1))) {
                    throw new SQLException("the new file is damaged: " + row.getString(1));
                }
            }
        }
    }

    @Override
    public void discard() {
        for (String ending : PARTS) {
            try {
                Files.deleteIfExists(part.resolveSibling(part.getFileName() + ending));
            } catch (IOException left) {
                System.getLogger(RestoringFile.class.getName())
                        .log(System.Logger.Level.WARNING, part + " is left: " + left.getMessage());
            }
        }
    }
}
