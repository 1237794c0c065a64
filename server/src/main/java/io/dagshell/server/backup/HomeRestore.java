package io.dagshell.server.backup;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.server.ServerFile;
import io.dagshell.store.Database;
import io.dagshell.store.RestoredDatabase;
import io.dagshell.store.orchestration.Orchestration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a home of a backup. All of the backup is checked before anything is changed, the database is filled beside the
 * one that is there, and what is replaced stays under another name. Used once, by one thread.
 *
 * @param home to restore
 * @param database of it
 * @param key what opens the backup's blocks and lets in; empty if it is not to be restored
 * @param blocks whether the blocks are to be restored
 */
public record HomeRestore(Home home, Database database, Optional<Path> key, boolean blocks, Clock clock) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Whether there is anything that would be replaced. */
    public boolean isThereSomething() {
        return database.version().isPresent() || (blocks && Files.exists(home.blocks()));
    }

    /**
     * Does it.
     *
     * @return where that is which was there before
     * @throws BackupException the key does not fit, or is missing
     * @throws io.dagshell.store.StoreException the database could not be filled; it is as it was
     */
    public List<String> from(BackupFile backup) throws IOException {
        requireKnown(backup.contents());
        HomeKey opening = opening(backup.contents());
        LibraryStore libraries = new LibraryStore(home.libraries());
        for (String name : backup.libraries()) {
            keep(backup, name, libraries);
        }
        String stamp = STAMP.format(clock.instant());
        List<String> former = new ArrayList<>();
        Map<Path, Path> written = new LinkedHashMap<>();
        try (RestoredDatabase restored =
                RestoredDatabase.begin(database, backup.contents().schema())) {
            for (String table : backup.tables()) {
                fill(backup, table, restored);
            }
            // All that a full disk could refuse comes before the first thing that is replaced.
            if (blocks && backup.contents().hasBlocks()) {
                written.put(home.blocks(), PrivateFile.written(home.blocks(), sealed(backup)));
                Path keyFile = HomeKey.file(home);
                written.put(
                        keyFile, PrivateFile.written(keyFile, opening.blocks().orElseThrow()));
            }
            if (opening.token().isPresent()) {
                ServerFile.keepToken(home, opening.token().get());
            }
            restored.finish(stamp).ifPresent(former::add);
            for (var each : written.entrySet()) {
                put(each.getValue(), each.getKey(), stamp).ifPresent(former::add);
            }
        } finally {
            for (Path part : written.values()) {
                Files.deleteIfExists(part);
            }
        }
        for (String name : backup.libraries()) {
            Entry entry = entry(name);
            Orchestration.of(database).libraries().keep(entry.sha256(), libraries.find(entry));
        }
        return former;
    }

    private static void requireKnown(Contents contents) {
        if (contents.schema() > Database.newest()) {
            throw new BackupException("The backup was made by a newer DagShell: its tables are of version "
                    + contents.schema() + ", and this one knows those up to " + Database.newest()
                    + ". Restore it with that one or a newer one.");
        }
    }

    private HomeKey opening(Contents contents) throws IOException {
        HomeKey opening = key.isPresent() ? HomeKey.read(key.get()) : HomeKey.of(home);
        if (!blocks || !contents.hasBlocks()) {
            return key.isPresent() ? opening : new HomeKey(Optional.empty(), Optional.empty());
        }
        if (key.isEmpty() && !opening.name().equals(contents.key())) {
            throw new BackupException("The blocks in the backup are encrypted, and its key is not beside it: name the"
                    + " file with --key, or leave the blocks out with --without-blocks and set them again.");
        }
        if (!opening.name().equals(contents.key())) {
            throw new BackupException("The key " + key.map(Path::toString).orElse("") + " is of other blocks ("
                    + opening.name() + "), the backup's have the key " + contents.key() + ".");
        }
        return opening;
    }

    private static void fill(BackupFile backup, String table, RestoredDatabase restored) throws IOException {
        try (InputStream rows = backup.read(BackupFile.DATABASE + table + BackupFile.ROWS)) {
            restored.fill(table, rows);
        }
    }

    private static void keep(BackupFile backup, String name, LibraryStore libraries) throws IOException {
        Entry entry = entry(name);
        if (!libraries.has(entry)) {
            try (InputStream content = backup.read(name)) {
                libraries.put(entry, content);
            }
        }
    }

    /** The names in a backup are checked with the rest of it; one that leaves the store's folder was never written. */
    private static Entry entry(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{64}") || parts[2].startsWith(".")) {
            throw new BackupException("The backup has a library of the strange name " + name + ".");
        }
        return new Entry(Role.RUNTIME, parts[1], parts[2], "");
    }

    private static byte[] sealed(BackupFile backup) throws IOException {
        try (InputStream in = backup.read(BackupFile.BLOCKS)) {
            return in.readAllBytes();
        }
    }

    private static Optional<String> put(Path part, Path file, String stamp) throws IOException {
        Optional<String> former = Optional.empty();
        if (Files.exists(file)) {
            Path kept = file.resolveSibling(file.getFileName() + ".replaced-" + stamp);
            Files.move(file, kept);
            former = Optional.of(kept.toString());
        }
        Files.move(part, file);
        return former;
    }
}
