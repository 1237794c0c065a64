package io.dagshell.server.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that their owner alone may read, there as a whole or not at all. */
final class PrivateFile {
    private PrivateFile() {}

    /** An empty one in the folder of {@code target}, to be moved there; where there are owners, for its owner only. */
    static Path beside(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "." + target.getFileName(), ".part");
    }

    static void write(Path target, byte[] content) throws IOException {
        Path part = written(target, content);
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Beside the target, on the disk, to be moved there. */
    static Path written(Path target, byte[] content) throws IOException {
        Path part = beside(target);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return part;
        } catch (IOException failed) {
            Files.deleteIfExists(part);
            throw failed;
        }
    }
}
