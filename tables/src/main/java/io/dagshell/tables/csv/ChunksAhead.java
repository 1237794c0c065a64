package io.dagshell.tables.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Chunks of a source, read by a thread of its own while the one before is worked on: a database that takes rows does not
 * wait for the file, nor the file for the database. Never more than one ahead. Used by one thread; closing stops the other.
 */
public final class ChunksAhead implements Closeable {
    private final TableChunks chunks;
    private final String name;
    private final SynchronousQueue<Read> handed = new SynchronousQueue<>();
    private final Thread worker;
    private boolean started;
    private boolean ended;

    /** What the worker hands over: a chunk, why there is none, or neither at the end. */
    private record Read(@Nullable Table chunk, @Nullable Throwable failure) {}

    public ChunksAhead(RowFile file, int chunkRows) {
        chunks = new TableChunks(file, chunkRows);
        name = file.name();
        // no inherited thread-locals: the call this reads for is known to the chunks
        worker = new Thread(null, this::work, "dagshell-csv chunks of " + name, 0, false);
        worker.setDaemon(true);
    }

    /** The next rows, or null after the last. */
    public @Nullable Table next() throws IOException {
        if (ended) {
            return null;
        }
        if (!started) {
            started = true;
            worker.start();
        }
        Read read = take();
        ended = read.chunk() == null;
        if (read.failure() != null) {
            throw told(read.failure());
        }
        return read.chunk();
    }

    private Read take() throws IOException {
        try {
            return handed.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + name);
        }
    }

    /** Whoever reads the trace looks for the code that wanted the rows. */
    private static IOException told(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        failure.fillInStackTrace();
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    private void work() {
        try (chunks) {
            Read read;
            do {
                read = read();
                handed.put(read);
            } while (read.chunk() != null);
        } catch (IOException unclosed) {
            Thread.yield(); // all rows are read: what a file says to being closed changes nothing
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** An error too belongs to the thread that wanted the rows. */
    private Read read() {
        try {
            return new Read(chunks.next(), null);
        } catch (IOException | RuntimeException | Error failure) {
            return new Read(null, failure);
        }
    }

    /** Ends the thread and closes the source, wherever they are. */
    @Override
    public void close() throws IOException {
        ended = true;
        worker.interrupt();
        chunks.close();
    }
}
