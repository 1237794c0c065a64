package io.dagshell.tables.stored;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives back what {@link FrameOutput} packed. */
final class FrameInput {
    private final ZstdDecompressor zstd = new ZstdDecompressor();
    private final ByteBuffer packed;
    private final byte[] plain = new byte[FrameOutput.FRAME];
    private int position;
    private int limit;

    FrameInput(byte[] packed, int offset, int length) {
        this.packed = ByteBuffer.wrap(packed, offset, length);
    }

    byte get() throws IOException {
        if (position == limit) {
            next();
        }
        return plain[position++];
    }

    int getInt() throws IOException {
        byte[] bytes = new byte[Integer.BYTES];
        get(bytes, bytes.length);
        return ByteBuffer.wrap(bytes).getInt();
    }

    void get(byte[] target, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (position == limit) {
                next();
            }
            int part = Math.min(length - done, limit - position);
            System.arraycopy(plain, position, target, done, part);
            position += part;
            done += part;
        }
    }

    private void next() throws IOException {
        if (packed.remaining() < 2 * Integer.BYTES) {
            throw new IOException("a stored column ends too early");
        }
        int plainLength = packed.getInt();
        int length = packed.getInt();
        if (plainLength <= 0 || plainLength > plain.length || length <= 0 || length > packed.remaining()) {
            throw new IOException("a stored column has a frame of impossible size");
        }
        try {
            limit = zstd.decompress(packed.array(), packed.position(), length, plain, 0, plain.length);
        } catch (MalformedInputException damaged) {
            throw new IOException("a stored column cannot be unpacked", damaged);
        }
        if (limit != plainLength) {
            throw new IOException("a stored column has a frame of another size than it says");
        }
        packed.position(packed.position() + length);
        position = 0;
    }
}
