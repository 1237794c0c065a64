package io.dagshell.installer.compose;

import io.dagshell.magics.slice.Slice;
import io.dagshell.magics.slice.SliceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Flows that were compiled before, one file each, the latest hundred: a run every hour need not start a compiler. What
 * cannot be read or written is not there. Several processes share the folder. Stateless.
 */
final class KeptSlices {
    static final int MOST = 100;

    private static final String DRAFT = ".draft";

    private final Path folder;

    KeptSlices(Path folder) {
        this.folder = folder;
    }

    /** The slice that was kept under this key, see {@link SliceKey}. */
    Optional<Slice> find(String key) {
        Path file = folder.resolve(key);
        try {
            Slice slice = SliceBytes.read(Files.readAllBytes(file));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(slice);
        } catch (IOException noneOrDamaged) {
            return Optional.empty();
        }
    }

    void keep(String key, Slice slice) {
        Path draft = folder.resolve(UUID.randomUUID() + DRAFT);
        try {
            Files.createDirectories(folder);
            Files.write(draft, SliceBytes.write(slice));
            Files.move(draft, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
            removeOldest();
        } catch (IOException | UncheckedIOException readOnlyOrFull) {
            remove(draft); // the next process compiles
        }
    }

    private void removeOldest() throws IOException {
        // Asked once each: other processes use theirs while these are sorted.
        Map<Path, FileTime> used = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> used.put(file, used(file)));
        }
        used.entrySet().stream()
                .sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
                .skip(MOST)
                .forEach(each -> remove(each.getKey()));
    }

    /** One that another process has just removed is the oldest. */
    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            return; // another process may succeed
        }
    }
}
