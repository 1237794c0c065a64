package io.dagshell.engine.cache;

import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Files that are there whole or not at all: written under a temporary name, flushed to the disk, renamed. */
final class AtomicFiles {
    private static final int BUFFER = 1 << 16;

    private final Path temporary;
    private final Opener opener;
    private final Steps steps;
    private final boolean forced;

    /** Opens a new file to write. */
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** How far a file has come. */
    enum Step {
        OPENED,
        FILLED,
        FLUSHED,
        RENAMED
    }

    /** Told of each step once it is done, so that a test can end the process there. */
    interface Steps {
        void reached(Step step);
    }

    AtomicFiles(Path temporary) {
        this(temporary, AtomicFiles::create, step -> {}, true);
    }

    /** Does not wait for the disk: what it wrote survives the death of the process, not a power loss. */
    static AtomicFiles unforced(Path temporary) {
        return new AtomicFiles(temporary, AtomicFiles::create, step -> {}, false);
    }

    AtomicFiles(Path temporary, Opener opener) {
        this(temporary, opener, step -> {}, true);
    }

    /** Tells {@code steps} how far it is. */
    static AtomicFiles observed(Path temporary, Steps steps) {
        return new AtomicFiles(temporary, AtomicFiles::create, steps, true);
    }

    private AtomicFiles(Path temporary, Opener opener, Steps steps, boolean forced) {
        this.temporary = temporary;
        this.opener = opener;
        this.steps = steps;
        this.forced = forced;
    }

    /** Whether a file is on the disk when it is there. */
    boolean isForced() {
        return forced;
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Writes {@code content} to the place its digest names, replacing what is there. */
    Digest write(BlobWriter.Content content, Function<Digest, Path> place) throws IOException {
        makeFolder(temporary);
        Path draft = temporary.resolve(UUID.randomUUID().toString());
        try {
            Digest digest = fill(draft, content);
            Path target = place.apply(digest);
            makeFolder(Objects.requireNonNull(target.getParent()));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            steps.reached(Step.RENAMED);
            return digest;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** The JDK's own way fails before 19 where the folder is a link to one, say on a larger disk. */
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    private Digest fill(Path draft, BlobWriter.Content content) throws IOException {
        MessageDigest sha = Digest.sha256();
        try (FileChannel channel = opener.open(draft);
                OutputStream out = new BufferedOutputStream(
                        new DigestOutputStream(Channels.newOutputStream(channel), sha), BUFFER)) {
            steps.reached(Step.OPENED);
            content.writeTo(out);
            out.flush();
            steps.reached(Step.FILLED);
            if (forced) {
                channel.force(false);
            }
            steps.reached(Step.FLUSHED);
        }
        return Digest.of(sha.digest());
    }
}
