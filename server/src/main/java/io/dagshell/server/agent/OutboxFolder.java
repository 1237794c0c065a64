package io.dagshell.server.agent;

import io.dagshell.engine.event.OutboxLine;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a process that makes a run: its order, the events it writes, what it prints beside, and which process it
 * is.
 *
 * @param path below the home's {@code outbox}; no other process ever gets it
 */
record OutboxFolder(Path path) {
    private static final int MOST_LINES = 200;
    private static final int MOST_BYTES = 256 << 10;

    Path events() {
        return path.resolve(OutboxLine.FILE);
    }

    /** What the process printed outside of tasks, and what its Java has to say. */
    Path output() {
        return path.resolve("output");
    }

    /** The last lines that were printed. */
    List<String> lastOutput() throws IOException {
        Path file = output();
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MOST_BYTES));
            byte[] bytes = Channels.newInputStream(channel).readNBytes(MOST_BYTES);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        }
    }

    void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
