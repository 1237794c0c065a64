package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files below a folder while others add and remove some: what is gone when it is looked at is not listed. */
final class FileListing extends SimpleFileVisitor<Path> {
    private final List<Item> found = new ArrayList<>();
    private final int most;

    private FileListing(int most) {
        this.most = most;
    }

    /** A file as it was when it was listed. */
    record Item(Path path, Instant modified) {}

    /** At most {@code most} files; none if there is no such folder. */
    static List<Item> below(Path root, int most) throws IOException {
        FileListing listing = new FileListing(most);
        Files.walkFileTree(root, listing);
        return listing.found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            found.add(new Item(file, attributes.lastModifiedTime().toInstant()));
        }
        return found.size() < most ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return goOn(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : goOn(failure);
    }

    private static FileVisitResult goOn(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
