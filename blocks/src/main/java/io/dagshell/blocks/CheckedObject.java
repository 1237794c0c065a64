package io.dagshell.blocks;

import io.dagshell.blocks.cloud.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** An object's bytes, whose checksum is compared at their end. Read by one thread, closed by any. */
final class CheckedObject extends FilterInputStream {
    private final String expected;
    private final Runnable afterwards;
    private final CRC32C seen = new CRC32C();

    /**
     * The bytes of an object.
     *
     * @param crc32c as the service tells it; empty: nothing is compared
     * @param afterwards ends the client
     */
    CheckedObject(InputStream bytes, String crc32c, Runnable afterwards) {
        super(bytes);
        this.expected = crc32c;
        this.afterwards = afterwards;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = in.read(into, from, length);
        if (got >= 0) {
            seen.update(into, from, got);
        } else if (!expected.isEmpty() && !expected.equals(StoredObject.written(seen))) {
            throw new IOException("the content does not have its checksum: it was damaged, or written anew meanwhile");
        }
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        return in.skip(0); // every byte counts in the checksum
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            afterwards.run();
        }
    }
}
