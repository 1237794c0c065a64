package io.dagshell.blocks;

import java.nio.ByteBuffer;

/**
 * Fields of PostgreSQL's binary {@code COPY} (documentation of {@code COPY}, "Binary Format"): a length and the value in
 * network order. Grows for one long text; not thread-safe.
 */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private ByteBuffer buffer = ByteBuffer.allocate(1 << 17);

    void header() {
        room(SIGNATURE.length + 8);
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void row(int fields) {
        room(2);
        buffer.putShort((short) fields);
    }

    void trailer() {
        room(2);
        buffer.putShort((short) -1);
    }

    void absent() {
        room(4);
        buffer.putInt(-1);
    }

    void int2(short value) {
        room(6);
        buffer.putInt(2).putShort(value);
    }

    void int4(int value) {
        room(8);
        buffer.putInt(4).putInt(value);
    }

    void int8(long value) {
        room(12);
        buffer.putInt(8).putLong(value);
    }

    void bool(boolean value) {
        room(5);
        buffer.putInt(1).put((byte) (value ? 1 : 0));
    }

    void bytes(byte[] value) {
        room(4 + value.length);
        buffer.putInt(value.length).put(value);
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            buffer = larger.put(buffer.flip());
        }
    }

    /** Whether it is time to send. */
    boolean isFull() {
        return buffer.position() >= 1 << 16;
    }

    byte[] array() {
        return buffer.array();
    }

    int size() {
        return buffer.position();
    }

    void clear() {
        buffer.clear();
    }
}
