package io.dagshell.runner;

import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.OutboxLine;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Appends the events of a run to a file, from which an agent takes them to the server. What is in the file survives the
 * end of this process, however it ends. Thread-safe: one thread writes, the queue is all that threads share; a full
 * queue makes tasks wait, so that nothing is lost.
 */
final class Outbox implements RunSink, AutoCloseable {
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 1_000;
    private static final long PATIENCE_SECONDS = 15;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Path file;
    private final Consumer<String> warnings;
    private final Thread thread = new Thread(this::work, "dagshell-outbox");

    private sealed interface Entry {
        record Happened(RunEvent event) implements Entry {}

        record Flush(CountDownLatch done) implements Entry {}

        record End() implements Entry {}
    }

    private Outbox(Path file, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
        thread.setDaemon(true);
    }

    /**
     * The outbox in {@code folder}.
     *
     * @param warnings gets one sentence if the file cannot be written; the run goes on
     */
    static Outbox open(Path folder, Consumer<String> warnings) {
        Outbox outbox = new Outbox(folder.resolve(OutboxLine.FILE), warnings);
        outbox.thread.start();
        return outbox;
    }

    @Override
    public void accept(RunEvent event) {
        put(new Entry.Happened(event));
    }

    /** An interrupt of a task must not lose what it tells. */
    private void put(Entry entry) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (queue.offer(entry, 1, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void flush() {
        CountDownLatch done = new CountDownLatch(1);
        put(new Entry.Flush(done));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (done.await(100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            List<Entry> batch = new ArrayList<>(BATCH);
            do {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                write(channel, batch);
            } while (!batch.contains(new Entry.End()));
        } catch (IOException unwritable) {
            warnings.accept("The events of this run cannot be written to " + file + ": " + unwritable.getMessage()
                    + ". The run goes on; what it does from here is not recorded.");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(FileChannel channel, List<Entry> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : batch) {
            if (entry instanceof Entry.Happened happened) {
                lines.append(OutboxLine.of(EventJson.write(happened.event()))).append('\n');
            }
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        for (Entry entry : batch) {
            if (entry instanceof Entry.Flush flush) {
                flush.done().countDown();
            }
        }
    }

    /** Writes what was accepted. */
    @Override
    public void close() {
        put(new Entry.End());
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says in {@code folder} which process runs: its number and when it started, since numbers are used again. */
    static void tellProcess(Path folder) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        long started =
                self.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
        Path part = folder.resolve("process.part");
        Files.writeString(part, self.pid() + " " + started + "\n");
        Files.move(part, folder.resolve("process"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
