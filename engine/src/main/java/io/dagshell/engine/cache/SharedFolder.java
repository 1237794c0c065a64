package io.dagshell.engine.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A shared place that is a folder. It must exist: a folder that is not mounted is not filled by mistake. */
public final class SharedFolder implements SharedPlace {
    private final Path root;

    public SharedFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        Path file = place(name);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public boolean has(String name) throws IOException {
        return Files.isRegularFile(place(name));
    }

    @Override
    public void put(String name, Path file) throws IOException {
        Path target = place(name);
        Path drafts = root.resolve("tmp");
        AtomicFiles.makeFolder(drafts);
        AtomicFiles.makeFolder(Objects.requireNonNull(target.getParent()));
        Path draft = drafts.resolve(UUID.randomUUID().toString());
        try {
            Files.copy(file, draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(false);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path place(String name) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        Path place = root.resolve(name).normalize();
        if (!place.startsWith(root)) {
            throw new IOException("not a name in a shared place: " + name);
        }
        return place;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
