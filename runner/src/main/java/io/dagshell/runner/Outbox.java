package io.dagshell.runner;

import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.OutboxLine;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends the events of a run to a file, from which an agent takes them to the server. What is in the file survives the
 * end of this process, however it ends. Where there is no room for them on the disk they wait for it, and in the end so do
 * tasks: nothing is lost. Thread-safe: one thread writes, the queue is all that threads share; a full queue makes tasks
 * wait.
 */
final class Outbox implements RunSink, AutoCloseable {
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 500;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Path file;
    private final Consumer<String> warnings;
    private final Thread thread = new Thread(this::work, "dagshell-outbox");

    /** Of the thread that writes. */
    private @Nullable FileChannel channel;

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
     * @param warnings gets one sentence if the file cannot be written, and one when it can again; the run goes on
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
        try {
            List<Entry> batch = new ArrayList<>(BATCH);
            do {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                write(batch);
            } while (!batch.contains(new Entry.End()));
        } catch (NoSuchFileException taken) {
            warnings.accept("The folder of this run's events is gone: " + file.getParent()
                    + ". The run goes on; what it does from here is not recorded.");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly();
        }
    }

    private void write(List<Entry> batch) throws NoSuchFileException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : batch) {
            if (entry instanceof Entry.Happened happened) {
                lines.append(OutboxLine.of(EventJson.write(happened.event()))).append('\n');
            }
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        append(bytes);
        for (Entry entry : batch) {
            if (entry instanceof Entry.Flush flush) {
                flush.done().countDown();
            }
        }
    }

    /** What was written of them before the disk was full stays: it goes on behind that. */
    private void append(ByteBuffer bytes) throws NoSuchFileException, InterruptedException {
        boolean told = false;
        while (bytes.hasRemaining()) {
            try {
                open().write(bytes);
            } catch (NoSuchFileException taken) {
                throw taken;
            } catch (IOException unwritable) {
                if (!told) {
                    told = true;
                    warnings.accept("The events of this run cannot be written to " + file + ": "
                            + unwritable.getMessage() + ". They wait until they can: make room on that disk.");
                }
                closeQuietly();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        if (told) {
            warnings.accept("The events of this run can be written again; none is missing.");
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channel = open;
        }
        return open;
    }

    private void closeQuietly() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException unwritable) {
            // What was to be written is kept and written again.
        }
        channel = null;
    }

    /** Writes what was accepted, as long as that takes: whoever wants no more of it ends this process. */
    @Override
    public void close() {
        put(new Entry.End());
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
