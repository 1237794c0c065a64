package io.dagshell.engine.cache;

import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Blobs as files named by their digest. Thread-safe; several processes may share the folder. */
final class FileBlobs implements BlobReader, BlobWriter {
    private static final long MOST_IN_MEMORY = 1 << 20;
    private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\\\x00]+");

    private final Path blobs;
    private final Path files;
    private final AtomicFiles atomic;
    private final FileDigests digests;

    FileBlobs(Path folder, AtomicFiles atomic, FileDigests digests) {
        this.blobs = folder.resolve("blobs");
        this.files = folder.resolve("files");
        this.atomic = atomic;
        this.digests = digests;
    }

    /** A blob is missing or its bytes are not those of its name. */
    static final class DamagedBlobException extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Optional<Path> file;

        DamagedBlobException(String message, Optional<Path> file) {
            super(message);
            this.file = file;
        }

        /** What to move aside, if it is there. */
        Optional<Path> file() {
            return file;
        }
    }

    /** Always writes, even where such a blob is: that one may be damaged. */
    @Override
    public Digest write(Content content) throws IOException {
        return atomic.write(content, this::place);
    }

    @Override
    public boolean isBrief() {
        return !atomic.isForced();
    }

    @Override
    public InputStream open(Digest address) throws IOException {
        Path place = existing(address);
        if (Files.size(place) > MOST_IN_MEMORY) {
            verify(address);
            return new BufferedInputStream(Files.newInputStream(place));
        }
        byte[] bytes = Files.readAllBytes(place);
        check(address, Digest.of(Digest.sha256().digest(bytes)), place);
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Path file(Digest address, String name) throws IOException {
        if (!PLAIN_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IOException("not a file name: " + name);
        }
        Path copy = files.resolve(address.hex()).resolve(name);
        if (!Files.isRegularFile(copy) || !digests.of(copy).equals(address)) {
            verify(address);
            atomic.write(out -> Files.copy(place(address), out), written -> copy);
            if (!copy.toFile().setReadOnly()) {
                throw new IOException("cannot make " + copy + " read-only");
            }
        }
        return copy;
    }

    /** Reads the blob unless it was read before and the file system vouches that it has not changed since. */
    void verify(Digest address) throws IOException {
        Path place = existing(address);
        check(address, digests.of(place), place);
    }

    Path place(Digest address) {
        return blobs.resolve(address.hex().substring(0, 2)).resolve(address.hex());
    }

    private Path existing(Digest address) throws IOException {
        Path place = place(address);
        if (!Files.isRegularFile(place)) {
            boolean inTheWay = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
            throw new DamagedBlobException(
                    "blob " + address + " is missing", inTheWay ? Optional.of(place) : Optional.empty());
        }
        return place;
    }

    private static void check(Digest address, Digest found, Path place) throws DamagedBlobException {
        if (!found.equals(address)) {
            throw new DamagedBlobException("blob " + address + " is damaged", Optional.of(place));
        }
    }
}
