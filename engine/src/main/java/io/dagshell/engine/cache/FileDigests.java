package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Digests of files, remembered while the file system vouches that they did not change. Thread-safe. */
final class FileDigests {
    private static final int MOST_TRIES = 3;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(FileState state, Digest digest) {}

    Digest of(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Known remembered = known.get(absolute);
        if (remembered != null && remembered.state().equals(FileState.of(absolute))) {
            return remembered.digest();
        }
        return read(absolute);
    }

    private Digest read(Path file) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            FileState before = FileState.of(file);
            boolean settled = before.isSettled();
            Digest digest = Digest.ofFile(file);
            if (before.equals(FileState.of(file))) {
                if (settled) {
                    known.put(file, new Known(before, digest));
                }
                return digest;
            }
        }
        throw new IOException(file + " keeps changing while it is read");
    }
}
