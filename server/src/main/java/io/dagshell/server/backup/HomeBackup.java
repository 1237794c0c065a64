package io.dagshell.server.backup;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.store.Database;
import io.dagshell.store.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a home into one file while its server, agents and notebooks go on: the database as it is at one moment, the
 * libraries that deployments need, and the blocks, encrypted as they are. Stateless.
 *
 * <p>The database comes first and the libraries after it: a library is there before a deployment names it, and stays.
 */
public final class HomeBackup {
    /** Beside the backup, unless another place is named for it. */
    public static final String KEY_ENDING = ".key";

    private HomeBackup() {}

    /**
     * What was written.
     *
     * @param lacking libraries that a deployment names and that were nowhere
     */
    public record Report(Contents contents, long bytes, boolean withKey, List<String> lacking) {
        public Report {
            lacking = List.copyOf(lacking);
        }
    }

    /**
     * Writes both files, or neither; one that is there is replaced.
     *
     * @throws IOException a disk has no room, say
     */
    public static Report write(Database database, Home home, Path file, Path keyFile, Clock clock) throws IOException {
        Path part = PrivateFile.beside(file);
        try {
            HomeKey key = HomeKey.of(home);
            List<String> lacking = new ArrayList<>();
            Contents contents;
            try (BackupWriting writing = new BackupWriting(part);
                    DatabaseCopy copy = DatabaseCopy.of(database)) {
                Map<String, Long> rows = new LinkedHashMap<>();
                for (String table : copy.tables()) {
                    String name = BackupFile.DATABASE + table + BackupFile.ROWS;
                    rows.put(table, writing.texts(name, out -> copy.write(table, out)));
                }
                for (Entry entry : copy.libraries()) {
                    if (!library(writing, copy, new LibraryStore(home.libraries()), entry)) {
                        lacking.add(entry.file());
                    }
                }
                boolean blocks = Files.exists(home.blocks());
                if (blocks) {
                    writing.bytes(BackupFile.BLOCKS, out -> Files.copy(home.blocks(), out));
                }
                String kind = database.isPostgres() ? "PostgreSQL" : "SQLite";
                contents = writing.finish(parts ->
                        new Contents(clock.instant(), copy.version(), kind, blocks ? key.name() : "", rows, parts));
            }
            BackupFile.open(part).close();
            boolean withKey = key.blocks().isPresent() || key.token().isPresent();
            if (withKey) {
                PrivateFile.write(keyFile, key.json());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Report(contents, Files.size(file), withKey, lacking);
        } catch (IOException failed) {
            throw new IOException("The backup " + file + " could not be written: " + failed.getMessage(), failed);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean library(BackupWriting writing, DatabaseCopy copy, LibraryStore store, Entry entry)
            throws IOException {
        String name = BackupFile.LIBRARIES + entry.sha256() + "/" + entry.file();
        if (store.has(entry)) {
            writing.bytes(name, out -> Files.copy(store.find(entry), out));
            return true;
        }
        return copy.hasLibrary(entry.sha256()) && writing.bytes(name, out -> copy.library(entry.sha256(), out));
    }
}
