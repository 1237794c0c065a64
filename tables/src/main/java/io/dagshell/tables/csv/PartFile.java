package io.dagshell.tables.csv;

import io.dagshell.tables.TableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * A file of text that is written under a name of its own beside its target, packed if the target's name ends in {@code .gz};
 * {@link #finish} gives it its name, so that no half a file is ever seen there. Closed without it, nothing is left.
 */
final class PartFile implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path part;
    private final Writer text;

    private PartFile(Path target, Path part, Writer text) {
        this.target = target;
        this.part = part;
        this.text = text;
    }

    /** Folders are made. */
    static PartFile of(Path file, Charset charset) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new TableFileException(file.toString(), "is a folder, not a file", null);
        }
        Files.createDirectories(folder);
        Path part = folder.resolve("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
        try {
            OutputStream bytes = Files.newOutputStream(part);
            boolean packed = target.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
            return new PartFile(
                    target,
                    part,
                    new OutputStreamWriter(packed ? new GZIPOutputStream(bytes, BUFFER) : bytes, charset));
        } catch (IOException | RuntimeException unopened) {
            Files.deleteIfExists(part);
            throw unopened;
        }
    }

    Writer text() {
        return text;
    }

    /** Over what was there. */
    void finish() throws IOException {
        text.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try {
            text.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
