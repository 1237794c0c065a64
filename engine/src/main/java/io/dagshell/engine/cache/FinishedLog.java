package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.value.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that only grows, each led by a check sum. A line reaches the operating system in one piece before
 * {@link #append} returns, so it survives the death of the process; one that was torn or damaged is skipped. Guarded by
 * itself.
 */
final class FinishedLog {
    private static final int CHECK = 16;
    private static final int MOST = 64 << 20;
    private static final JsonTree JSON = JsonTree.PLAIN;

    private final Path file;
    private @Nullable FileChannel channel;

    FinishedLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    static ObjectNode line() {
        return JSON.object();
    }

    synchronized void append(ObjectNode line) throws IOException {
        if (channel == null) {
            AtomicFiles.makeFolder(java.util.Objects.requireNonNull(file.getParent()));
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        ByteBuffer bytes = ByteBuffer.wrap(framed(JSON.bytes(line)));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] framed(byte[] body) {
        byte[] whole = new byte[CHECK + 1 + body.length + 1];
        byte[] check = check(body);
        System.arraycopy(check, 0, whole, 0, CHECK);
        whole[CHECK] = ' ';
        System.arraycopy(body, 0, whole, CHECK + 1, body.length);
        whole[whole.length - 1] = '\n';
        return whole;
    }

    private static byte[] check(byte[] body) {
        String hex = Digest.of(Digest.sha256().digest(body)).hex();
        return hex.substring(0, CHECK).getBytes(StandardCharsets.US_ASCII);
    }

    /** Where a line is. */
    record Place(FinishedLog log, long offset, int length) {
        JsonNode read() throws IOException {
            return log.read(offset, length);
        }
    }

    private JsonNode read(long offset, int length) throws IOException {
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && reading.read(bytes, offset + bytes.position()) >= 0) {
                continue;
            }
            JsonNode line = parse(bytes.array());
            if (line == null) {
                throw new IOException("a line of " + file + " is damaged");
            }
            return line;
        }
    }

    /** Each sound line in order, with its place. */
    void forEach(BiConsumer<JsonNode, Place> reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long offset = 0;
            for (byte[] line = next(in); line.length > 0; line = next(in)) {
                JsonNode parsed = parse(line);
                if (parsed != null) {
                    reader.accept(parsed, new Place(this, offset, line.length));
                }
                offset += line.length;
            }
        } catch (NoSuchFileException none) {
            return;
        }
    }

    /** Up to and with the next line feed. */
    private static byte[] next(InputStream in) throws IOException {
        byte[] line = new byte[512];
        int length = 0;
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(MOST, 2 * length));
            }
            line[length++] = (byte) read;
            if (read == '\n' || length == MOST) {
                break;
            }
        }
        return Arrays.copyOf(line, length);
    }

    private static @Nullable JsonNode parse(byte[] line) {
        if (line.length < CHECK + 2 || line[line.length - 1] != '\n') {
            return null;
        }
        byte[] body = Arrays.copyOfRange(line, CHECK + 1, line.length - 1);
        if (!Arrays.equals(check(body), Arrays.copyOf(line, CHECK))) {
            return null;
        }
        try {
            return JSON.read(body);
        } catch (IOException damaged) {
            return null;
        }
    }

    synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
