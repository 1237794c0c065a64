package io.dagshell.tables.stored;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Gathers bytes and packs them in zstd frames, each after its plain and its packed length. */
final class FrameOutput {
    static final int FRAME = 1 << 19;

    private final ZstdCompressor zstd = new ZstdCompressor();
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final byte[] plain = new byte[FRAME];
    private final byte[] room = new byte[zstd.maxCompressedLength(FRAME)];
    private int used;

    void put(byte value) {
        if (used == FRAME) {
            flush();
        }
        plain[used++] = value;
    }

    void putInt(int value) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
        put(bytes, 0, bytes.length);
    }

    void put(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (used == FRAME) {
                flush();
            }
            int part = Math.min(length - done, FRAME - used);
            System.arraycopy(bytes, offset + done, plain, used, part);
            used += part;
            done += part;
        }
    }

    byte[] finish() {
        flush();
        return packed.toByteArray();
    }

    private void flush() {
        if (used == 0) {
            return;
        }
        int length = zstd.compress(plain, 0, used, room, 0, room.length);
        byte[] lengths = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(used)
                .putInt(length)
                .array();
        packed.write(lengths, 0, lengths.length);
        packed.write(room, 0, length);
        used = 0;
    }
}
