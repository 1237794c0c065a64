package io.dagshell.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.History.Entry;
import io.dagshell.kernel.protocol.Json;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cells of all kernels of a person, a line of JSON each, appended. Several kernels write to it: a line is one write at the
 * end, under the lock of a file beside it. A line that is cut or no JSON is skipped. It is trimmed when a kernel starts.
 */
final class HistoryFile {
    private static final int KEPT = 5_000;
    private static final int TRIMMED_ABOVE = 2 * KEPT;

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /** What a kernel that starts finds, and the number of its session. */
    record Opened(int session, List<Entry> earlier) {}

    /** Reads it and takes the next session's number; without a file that can be used there is no history before now. */
    Opened open() {
        try {
            return locked(() -> {
                List<Entry> entries = read();
                if (entries.size() > TRIMMED_ABOVE) {
                    entries = entries.subList(entries.size() - KEPT, entries.size());
                    rewrite(entries);
                }
                int session =
                        1 + entries.stream().mapToInt(Entry::session).max().orElse(0);
                append(new Entry(session, 0, "", Optional.empty()));
                return new Opened(
                        session,
                        entries.stream().filter(entry -> entry.number() > 0).toList());
            });
        } catch (IOException unusable) {
            System.getLogger(HistoryFile.class.getName()).log(Level.WARNING, "no history from " + file, unusable);
            return new Opened(1, List.of());
        }
    }

    void add(Entry entry) {
        try {
            locked(() -> {
                append(entry);
                return entry;
            });
        } catch (IOException unusable) {
            System.getLogger(HistoryFile.class.getName()).log(Level.WARNING, "a cell is not in the history", unusable);
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return work.run();
        }
    }

    private List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            // not Files.readAllLines, which gives up at a byte that is no UTF-8
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> parse(line).ifPresent(entries::add));
        }
        return entries;
    }

    private static Optional<Entry> parse(String line) {
        try {
            JsonNode json = Json.read(line);
            if (!json.path("session").isInt() || !json.path("code").isTextual()) {
                return Optional.empty();
            }
            return Optional.of(new Entry(
                    json.path("session").asInt(),
                    json.path("number").asInt(),
                    json.path("code").asText(),
                    Optional.ofNullable(json.path("output").textValue())));
        } catch (IOException cut) {
            return Optional.empty();
        }
    }

    private void append(Entry entry) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(line(entry)));
        }
    }

    private void rewrite(List<Entry> entries) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (Entry entry : entries) {
                channel.write(ByteBuffer.wrap(line(entry)));
            }
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] line(Entry entry) {
        ObjectNode json = Json.object()
                .put("session", entry.session())
                .put("number", entry.number())
                .put("code", entry.code());
        entry.output().ifPresent(output -> json.put("output", output));
        return (Json.text(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
