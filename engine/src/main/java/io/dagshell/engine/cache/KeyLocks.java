package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * One holder per key among all threads and processes that share a folder. A key is one byte, at an offset its digest
 * names, of a file that stays empty; the operating system lets go of it the moment its process dies, however it dies, so
 * nobody waits for a dead one. Thread-safe.
 */
final class KeyLocks {
    private static final long PATIENCE_MILLIS = 5;

    /**
     * One channel per file for the whole JVM, never closed: POSIX drops all locks a process has on a file as soon as it
     * closes any descriptor of it, also one of another cache on the same folder.
     */
    private static final Map<Path, FileChannel> CHANNELS = new ConcurrentHashMap<>();

    private final Path file;

    KeyLocks(Path folder) throws IOException {
        AtomicFiles.makeFolder(folder);
        this.file = folder.toRealPath().resolve("locks");
    }

    /** A held key. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until no other holds the key.
     *
     * @throws CancellationException {@code cancelled} said so, or the thread was interrupted
     */
    Held acquire(String key, BooleanSupplier cancelled) throws IOException {
        while (true) {
            Optional<FileLock> lock = attempt(key);
            if (lock.isPresent()) {
                return new HeldLock(lock.get());
            }
            pause(cancelled);
        }
    }

    private Optional<FileLock> attempt(String key) throws IOException {
        long offset = Long.parseUnsignedLong(key.substring(0, 16), 16) >>> 1;
        try {
            return Optional.ofNullable(channel().tryLock(Math.min(offset, Long.MAX_VALUE - 1), 1, false));
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = CHANNELS.get(file);
        if (open != null && open.isOpen()) {
            return open;
        }
        synchronized (CHANNELS) {
            FileChannel other = CHANNELS.get(file);
            if (other != null && other.isOpen()) {
                return other;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            CHANNELS.put(file, channel);
            return channel;
        }
    }

    private static void pause(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled while another computes the same result");
        }
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while another computes the same result");
        }
    }

    /** Frees the key once. */
    private record HeldLock(FileLock lock) implements Held {
        @Override
        public void close() {
            try {
                if (lock.isValid()) {
                    lock.release();
                }
            } catch (IOException channelGone) {
                System.getLogger(KeyLocks.class.getName())
                        .log(System.Logger.Level.WARNING, "a key was freed by the system, not by us", channelGone);
            }
        }
    }
}
