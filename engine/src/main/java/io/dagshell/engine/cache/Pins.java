package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Keys that stay whatever the size, one file of lines for each who pins: its name, then the keys. Thread-safe. */
final class Pins {
    private final Path folder;
    private final Path temporary;

    Pins(Path folder) {
        this.folder = folder.resolve("pins");
        this.temporary = folder.resolve("tmp");
    }

    /** From now on {@code by} pins these and no others; none of them if there are none. */
    void pin(String by, Collection<String> keys) throws IOException {
        byte[] digest = Digest.sha256().digest(by.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve(Digest.of(digest).hex().substring(0, 16));
        if (keys.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        AtomicFiles.makeFolder(folder);
        AtomicFiles.makeFolder(temporary);
        Path draft = temporary.resolve(UUID.randomUUID().toString());
        try {
            Files.writeString(draft, by.replace('\n', ' ') + "\n" + String.join("\n", new TreeSet<>(keys)) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** All keys somebody pins. */
    Set<String> keys() throws IOException {
        Set<String> keys = new HashSet<>();
        for (FileListing.Item file : FileListing.below(folder, Integer.MAX_VALUE)) {
            List<String> lines = Files.readAllLines(file.path());
            keys.addAll(lines.subList(Math.min(1, lines.size()), lines.size()));
        }
        return keys;
    }
}
