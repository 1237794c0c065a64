package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Digests of files, remembered while the file system vouches that they did not change; of large ones also by the processes
 * that come after this one, where it was given a place for that. Thread-safe.
 */
final class FileDigests {
    private static final int MOST_TRIES = 3;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();
    private final Optional<KeptDigests> kept;

    private record Known(FileState state, Digest digest) {}

    /** Remembers while it lives. */
    FileDigests() {
        this.kept = Optional.empty();
    }

    /** Remembers in files too. */
    FileDigests(KeptDigests kept) {
        this.kept = Optional.of(kept);
    }

    Digest of(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        FileState state = FileState.of(absolute);
        Known remembered = known.get(absolute);
        if (remembered != null && remembered.state().equals(state)) {
            return remembered.digest();
        }
        Optional<Digest> earlier = kept.flatMap(each -> each.find(absolute, state));
        if (earlier.isPresent()) {
            known.put(absolute, new Known(state, earlier.get()));
            return earlier.get();
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
                    kept.ifPresent(each -> each.keep(file, before, digest));
                }
                return digest;
            }
        }
        throw new IOException(file + " keeps changing while it is read");
    }
}
