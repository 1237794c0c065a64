package io.dagshell.server.agent;

import io.dagshell.engine.event.OutboxLine;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the events of an outbox in order, as they are appended. A torn or damaged line ends it. Used by one thread. */
final class OutboxReader implements Closeable {
    private static final int MOST = 500;

    /** Of a batch, far below what a server takes at once; an event that is longer is a batch of its own. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Path file;
    private final ByteArrayOutputStream torn = new ByteArrayOutputStream();
    private final Deque<String> read = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
    private @Nullable FileChannel channel;
    private boolean damaged;

    /** Characters of what is read and not taken. */
    private long waiting;

    private long passedOver;

    OutboxReader(Path file) {
        this.file = file;
    }

    /** Goes back to the event of that number, counted from 0. */
    void rewind(long first) throws IOException {
        close();
        channel = null;
        torn.reset();
        read.clear();
        waiting = 0;
        damaged = false;
        passedOver = first;
    }

    /** JSON of the next events; empty if there are none now. */
    List<String> next() throws IOException {
        while (read.size() < MOST && waiting < MOST_CHARACTERS && fill()) {
            // more may be there
        }
        List<String> events = new ArrayList<>();
        long characters = 0;
        while (events.size() < MOST && !read.isEmpty()) {
            characters += read.element().length();
            if (!events.isEmpty() && characters > MOST_CHARACTERS) {
                break;
            }
            waiting -= read.element().length();
            events.add(read.remove());
        }
        return events;
    }

    private boolean fill() throws IOException {
        FileChannel open = open();
        if (open == null || damaged) {
            return false;
        }
        buffer.clear();
        if (open.read(buffer) <= 0) {
            return false;
        }
        for (int i = 0; i < buffer.position() && !damaged; i++) {
            if (buffer.get(i) == '\n') {
                complete();
            } else {
                torn.write(buffer.get(i));
            }
        }
        return true;
    }

    private void complete() {
        Optional<String> json = OutboxLine.json(torn.toString(StandardCharsets.UTF_8));
        torn.reset();
        json.ifPresentOrElse(this::take, () -> damaged = true);
    }

    private void take(String event) {
        if (passedOver > 0) {
            passedOver--;
        } else {
            read.add(event);
            waiting += event.length();
        }
    }

    private @Nullable FileChannel open() throws IOException {
        if (channel == null && Files.exists(file)) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
