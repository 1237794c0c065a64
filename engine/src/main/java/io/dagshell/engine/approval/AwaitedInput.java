package io.dagshell.engine.approval;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Input of a process, the wait for which ends when the waiting thread is interrupted. Reads of a terminal cannot be
 * interrupted, so another thread does them, a byte at a time, and none that nobody asked for. Guarded by itself.
 */
final class AwaitedInput extends InputStream {
    private final InputStream in;
    private @Nullable FutureTask<Integer> pending;

    AwaitedInput(InputStream in) {
        this.in = in;
    }

    /** @throws InterruptedIOException the thread was interrupted, and still is; the byte that comes later is the next one's */
    @Override
    public synchronized int read() throws IOException {
        FutureTask<Integer> next = pending;
        if (next == null) {
            next = new FutureTask<>(in::read);
            pending = next;
            Thread reader = new Thread(next, "dagshell-input");
            reader.setDaemon(true);
            reader.start();
        }
        try {
            int read = next.get();
            pending = null;
            return read;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waits for input");
        } catch (ExecutionException failed) {
            pending = null;
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        }
    }
}
