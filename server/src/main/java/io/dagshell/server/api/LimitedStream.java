package io.dagshell.server.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body when it turns out to be too large. Of one thread. */
final class LimitedStream extends FilterInputStream {
    private final long largest;
    private long read;

    LimitedStream(InputStream content, long largest) {
        super(content);
        this.largest = largest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        read += Math.max(0, count);
        if (read > largest) {
            throw new TooLargeException(largest);
        }
        return count;
    }
}
