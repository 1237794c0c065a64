package io.dagshell.engine.value;

import java.nio.ByteBuffer;

/** Strings that UTF-8 cannot hold: those with half a surrogate pair. */
final class Texts {
    private Texts() {}

    static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (!pair) {
                return false;
            }
            i++;
        }
        return true;
    }

    /** Big-endian, half pairs included. */
    static byte[] utf16(String value) {
        ByteBuffer bytes = ByteBuffer.allocate(value.length() * Character.BYTES);
        bytes.asCharBuffer().put(value);
        return bytes.array();
    }

    static String ofUtf16(byte[] bytes) {
        return ByteBuffer.wrap(bytes).asCharBuffer().toString();
    }
}
