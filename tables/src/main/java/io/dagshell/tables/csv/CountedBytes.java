package io.dagshell.tables.csv;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what was read, and takes an end before the promised length for what it is. Read by one thread, asked by others. */
final class CountedBytes extends FilterInputStream {
    private final long expected;
    private volatile long count;
    private boolean ended;

    /** @param expected length, or -1 if unknown */
    CountedBytes(InputStream in, long expected) {
        super(in);
        this.expected = expected;
    }

    long count() {
        return count;
    }

    long expected() {
        return expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = in.read(buffer, offset, length);
        if (got < 0) {
            end();
            return got;
        }
        add(got);
        return got;
    }

    /**
     * Never 0 before the end: {@link java.util.zip.GZIPInputStream} takes 0 for "no further member" and would drop the
     * rest of a file of several members, JDK-7036144.
     */
    @Override
    public int available() throws IOException {
        return ended ? 0 : Math.max(1, in.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void add(int more) {
        count += more;
    }

    private void end() throws IOException {
        ended = true;
        if (expected >= 0 && count < expected) {
            throw new EOFException("ended after " + count + " of " + expected + " bytes");
        }
    }
}
