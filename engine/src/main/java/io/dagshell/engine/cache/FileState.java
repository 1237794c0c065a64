package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says about a file without reading it.
 *
 * @param identity the file behind the name (inode)
 * @param changed when content or attributes last changed, which no program can set back; the modification time where
 *     the system keeps no such thing, and then {@code sure} is false
 */
record FileState(long size, String identity, FileTime modified, FileTime changed, boolean sure) {
    /** Two changes closer than this may look alike: the coarsest clock of common file systems. */
    private static final long GRANULARITY_MILLIS = 2_000;

    static FileState of(Path file) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
        Optional<FileTime> changed = changed(file);
        return new FileState(
                basic.size(),
                String.valueOf(basic.fileKey()),
                basic.lastModifiedTime(),
                changed.orElse(basic.lastModifiedTime()),
                changed.isPresent());
    }

    private static Optional<FileTime> changed(Path file) throws IOException {
        try {
            return Optional.of((FileTime) Files.getAttribute(file, "unix:ctime"));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return Optional.empty();
        }
    }

    /** Whether a file in this state, looked at now, would look different after any later change. */
    boolean isSettled() {
        return sure && System.currentTimeMillis() - changed.toMillis() > GRANULARITY_MILLIS;
    }

    // The record's own would be made of method handles by the first that is asked: 15 classes while the first cached
    // task waits.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileState state
                && size == state.size
                && sure == state.sure
                && identity.equals(state.identity)
                && modified.equals(state.modified)
                && changed.equals(state.changed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, identity, modified, changed, sure);
    }
}
