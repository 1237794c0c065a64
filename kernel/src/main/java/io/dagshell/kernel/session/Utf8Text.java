package io.dagshell.kernel.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Bytes in, text out: keeps back a character that is cut in the middle. Guarded by itself. */
final class Utf8Text {
    private final Consumer<String> target;
    private final ByteArrayOutputStream cut = new ByteArrayOutputStream(4);

    Utf8Text(Consumer<String> target) {
        this.target = target;
    }

    void write(byte[] bytes, int offset, int length) {
        String text = decode(bytes, offset, length);
        if (!text.isEmpty()) {
            target.accept(text);
        }
    }

    /** As its bytes, and without them where none are kept back. */
    void write(String text) {
        if (isCut()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write(bytes, 0, bytes.length);
        } else if (!text.isEmpty()) {
            target.accept(text);
        }
    }

    private synchronized boolean isCut() {
        return cut.size() > 0;
    }

    private synchronized String decode(byte[] bytes, int offset, int length) {
        byte[] all = bytes;
        int start = offset;
        int size = length;
        if (cut.size() > 0) {
            cut.write(bytes, offset, length);
            all = cut.toByteArray();
            start = 0;
            size = all.length;
            cut.reset();
        }
        int whole = size - incomplete(all, start, size);
        cut.write(all, start + whole, size - whole);
        return new String(all, start, whole, StandardCharsets.UTF_8);
    }

    /** How many bytes at the end belong to a character whose rest has not come yet. */
    private static int incomplete(byte[] bytes, int start, int size) {
        for (int back = 1; back <= Math.min(3, size); back++) {
            int value = bytes[start + size - back] & 0xff;
            if (value < 0x80) {
                return 0;
            }
            if (value >= 0xc0) {
                int needed = value >= 0xf0 ? 4 : value >= 0xe0 ? 3 : 2;
                return needed > back ? back : 0;
            }
        }
        return 0;
    }
}
