package io.dagshell.tables.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A download that goes on where it broke off (RFC 9110, section 14: range requests): the rest is asked for again, with backoff,
 * as long as the server still has the same file. Read by one thread; {@link #close} may come from any.
 */
final class ResumedBytes extends FilterInputStream {
    /** Tries in a row that bring no byte. */
    private static final int TRIES = 5;

    private static final long FIRST_PAUSE_MILLIS = 200;

    private final long length;
    private final Rest rest;
    private long count;
    private volatile boolean closed;

    /** Asks for the bytes from a place on. */
    interface Rest {
        /**
         * Null if the server does not give a part, or has another file by now.
         *
         * @throws IOException it cannot be reached, or fails: it may be asked again
         */
        @Nullable
        InputStream from(long position) throws IOException;
    }

    ResumedBytes(InputStream first, long length, Rest rest) {
        super(first);
        this.length = length;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        IOException broken = null;
        for (int tries = 0; ; tries++) {
            try {
                int got = in.read(into, from, most);
                if (got >= 0 || count >= length) {
                    count += Math.max(got, 0);
                    return got;
                }
            } catch (IOException lost) {
                broken = lost;
            }
            if (closed || tries == TRIES || !goOn(tries)) {
                if (broken != null) {
                    throw broken;
                }
                return -1; // whoever counts the bytes says that some are missing
            }
        }
    }

    private boolean goOn(int tries) throws IOException {
        for (int pause = tries; pause < TRIES; pause++) {
            sleep(FIRST_PAUSE_MILLIS << pause);
            try {
                InputStream more = rest.from(count);
                if (more == null) {
                    return false;
                }
                in.close();
                in = more;
                if (closed) {
                    more.close();
                }
                return true;
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (IOException unreachable) {
                if (closed) {
                    return false;
                }
            }
        }
        return false;
    }

    private static void sleep(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the server");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
