package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Digests of large files that a person reads, one small file each: a new process need not read 100 MB to learn that nothing
 * changed. Each says for which state of the file it holds and has a check sum; one that is damaged, or that cannot be
 * written, is not there. Stateless.
 */
final class KeptDigests {
    /** Smaller files are read sooner than looked up. */
    static final long LEAST = 1 << 20;

    private static final int HEX = 64;

    private final Path folder;
    private final AtomicFiles atomic;

    KeptDigests(Path cache) {
        this.folder = folder(cache);
        this.atomic = AtomicFiles.unforced(cache.resolve("tmp"));
    }

    /** Where they are in a cache. */
    static Path folder(Path cache) {
        return cache.resolve("sources");
    }

    /** What was found of a file in exactly that state. */
    Optional<Digest> find(Path file, FileState state) {
        if (state.size() < LEAST || !state.sure()) {
            return Optional.empty();
        }
        try {
            String line = Files.readString(place(file), StandardCharsets.UTF_8);
            String about = about(file, state);
            if (line.length() != about.length() + 2 * HEX || !line.startsWith(about)) {
                return Optional.empty();
            }
            String body = line.substring(0, about.length() + HEX);
            return check(body).equals(line.substring(body.length()))
                    ? Optional.of(new Digest(body.substring(about.length())))
                    : Optional.empty();
        } catch (IOException | RuntimeException noneOrDamaged) {
            return Optional.empty();
        }
    }

    /** @param state one that any later change of the file would change */
    void keep(Path file, FileState state, Digest digest) {
        if (state.size() < LEAST) {
            return;
        }
        String body = about(file, state) + digest.hex();
        try {
            atomic.write(
                    out -> out.write((body + check(body)).getBytes(StandardCharsets.UTF_8)), written -> place(file));
        } catch (IOException readOnlyOrFull) {
            return; // the next process reads the file
        }
    }

    private Path place(Path file) {
        return folder.resolve(check(file.toString()).substring(0, HEX / 2));
    }

    private static String about(Path file, FileState state) {
        return file + "\n" + state.size() + " " + state.identity() + " "
                + state.modified().to(TimeUnit.NANOSECONDS) + " "
                + state.changed().to(TimeUnit.NANOSECONDS) + " ";
    }

    private static String check(String text) {
        return Digest.of(Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .hex();
    }
}
