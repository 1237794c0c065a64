package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from any thread and writes them from one, many in a transaction. While the database refuses, the writer
 * keeps what the queue holds and tries again; what comes beyond that is dropped, and people are warned once. The queue
 * is the only thing threads share, besides the volatile fields.
 */
final class EventWriter implements AutoCloseable {
    static final int CAPACITY = 10_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 500;

    /** How long a flush or close waits for a database that refuses. */
    private final long patienceMillis;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Database database;
    private final Consumer<String> warnings;
    private final Thread thread;
    private volatile boolean refused;
    private volatile boolean closing;
    private final AtomicBoolean started = new AtomicBoolean();
    private boolean warned;
    private @Nullable Connection connection;
    private @Nullable EventProjection projection;

    /** What the queue holds. */
    private sealed interface Entry {
        record Happened(RunEvent event) implements Entry {}

        record Flush(CountDownLatch done) implements Entry {}
    }

    EventWriter(Database database, Consumer<String> warnings, long patienceMillis) {
        this.database = database;
        this.warnings = warnings;
        this.patienceMillis = patienceMillis;
        this.thread = new Thread(this::work, "dagshell-run-store");
        this.thread.setDaemon(true);
    }

    /** Opens the database now; without this the first event does. */
    void start() {
        if (!closing && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Waits for room in the queue unless the database refuses. Takes no notice of interrupts: the history goes on. */
    void accept(RunEvent event) {
        start();
        put(new Entry.Happened(event));
    }

    private void put(Entry entry) {
        boolean interrupted = false;
        try {
            while (!closing || entry instanceof Entry.Flush) {
                try {
                    if (queue.offer(entry) || queue.offer(entry, PAUSE_MILLIS, TimeUnit.MILLISECONDS) || refused) {
                        return;
                    }
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns when all accepted before is committed, or the database has refused for too long. */
    void flush() {
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        put(new Entry.Flush(done));
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (true) {
            try {
                if (done.await(50, TimeUnit.MILLISECONDS)
                        || (refused && System.nanoTime() > deadline)
                        || !thread.isAlive()) {
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
        prepareEarly();
        List<Entry> batch = new ArrayList<>(BATCH);
        while (!closing || !queue.isEmpty()) {
            batch.clear();
            try {
                Entry first = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                writeWhateverItTakes(batch);
            } catch (InterruptedException end) {
                break;
            }
        }
        disconnect();
    }

    /** The first event should not wait for the native library and the tables. */
    private void prepareEarly() {
        try {
            connected();
        } catch (SQLException failure) {
            refuse(failure);
        }
    }

    private void writeWhateverItTakes(List<Entry> batch) throws InterruptedException {
        long deadline = 0;
        while (true) {
            try {
                write(batch);
                refused = false;
                break;
            } catch (SQLException failure) {
                disconnect();
                refuse(failure);
                deadline = deadline == 0 ? System.nanoTime() + patience() : deadline;
                if (closing && System.nanoTime() > deadline) {
                    break;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        for (Entry entry : batch) {
            if (entry instanceof Entry.Flush flush) {
                flush.done().countDown();
            }
        }
    }

    private long patience() {
        return TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    private void write(List<Entry> batch) throws SQLException {
        List<RunEvent> events = new ArrayList<>();
        for (Entry entry : batch) {
            if (entry instanceof Entry.Happened happened) {
                events.add(happened.event());
            }
        }
        if (events.isEmpty()) {
            return;
        }
        EventProjection rows = connected();
        Connection open = Objects.requireNonNull(connection);
        // The driver begins a transaction here, and with commit() would at once begin the next: a process that has
        // nothing to write would keep all others from writing.
        open.setAutoCommit(false);
        for (RunEvent event : events) {
            rows.write(event);
        }
        open.setAutoCommit(true);
    }

    private EventProjection connected() throws SQLException {
        if (projection == null) {
            Connection opened = database.connect();
            connection = opened;
            projection = new EventProjection(opened, ProcessMark.current());
        }
        return projection;
    }

    /** Closing rolls back what was not committed. */
    private void disconnect() {
        Connection open = connection;
        connection = null;
        projection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException failure) {
            refuse(failure);
        }
    }

    private void refuse(SQLException failure) {
        refused = true;
        if (!warned) {
            warned = true;
            warnings.accept("Runs are not being recorded in " + database.place() + ": " + reason(failure)
                    + ". They go on; what fits in memory is recorded when the database works again.");
        }
    }

    static String reason(SQLException failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message.strip();
    }

    /** Writes what was accepted, then lets go of the file. */
    @Override
    public void close() {
        flush();
        closing = true;
        queue.offer(new Entry.Flush(new CountDownLatch(1))); // wakes the writer; with a full queue it is awake
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(patienceMillis + PAUSE_MILLIS);
                break;
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
