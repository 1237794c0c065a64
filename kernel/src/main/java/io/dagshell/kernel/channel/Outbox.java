package io.dagshell.kernel.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to the sockets' thread, which alone may touch the sockets. Any thread adds; a byte in a pipe wakes
 * the poll, one byte however many frames wait. Messages leave in the order they were added, whatever their channel.
 */
final class Outbox implements AutoCloseable {
    private final Queue<Parcel> parcels = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Pipe pipe;

    /** Frames for a socket. */
    record Parcel(Channel channel, List<byte[]> frames) {}

    Outbox() throws IOException {
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
    }

    void add(Parcel parcel) {
        parcels.add(parcel);
        wake();
    }

    void wake() {
        if (signalled.compareAndSet(false, true)) {
            try {
                pipe.sink().write(ByteBuffer.allocate(1));
            } catch (IOException closed) {
                signalled.set(false);
            }
        }
    }

    /** What the poll waits for. */
    SelectableChannel signal() {
        return pipe.source();
    }

    /** After this every parcel added before is seen by {@link #next}, and every later one signals anew. */
    void hear() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            while (pipe.source().read(bytes) > 0) {
                bytes.clear();
            }
        } catch (IOException closed) {
            return;
        } finally {
            signalled.set(false);
        }
    }

    @Nullable
    Parcel next() {
        return parcels.poll();
    }

    @Override
    public void close() throws IOException {
        pipe.sink().close();
        pipe.source().close();
    }
}
