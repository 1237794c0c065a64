package io.dagshell.tables.stored;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A column to packed bytes and back. The bytes say how they are laid out: as codes into a dictionary, or as values with
 * their first bytes together, then their second bytes, and so on, which packs better.
 */
final class ColumnPacking {
    private static final byte CODES = 1;
    private static final byte PLANES = 2;
    private static final byte UTF_8 = 8;
    private static final byte UTF_16 = 16;

    private ColumnPacking() {}

    static byte[] pack(Cells cells) {
        FrameOutput out = new FrameOutput();
        Optional<ValueDictionary> dictionary = ValueDictionary.of(cells);
        if (dictionary.isPresent()) {
            packCodes(cells, dictionary.get(), out);
        } else {
            packPlanes(cells, out);
        }
        out.putInt(cells.texts().length);
        for (String text : cells.texts()) {
            packText(text, out);
        }
        return out.finish();
    }

    /** Fills {@code cells} and answers them, with their texts. */
    static Cells unpack(Cells cells, FrameInput in) throws IOException {
        byte layout = in.get();
        switch (layout) {
            case CODES -> unpackCodes(cells, in);
            case PLANES -> unpackPlanes(cells, in);
            default -> throw new IOException("a stored column has the unknown layout " + layout);
        }
        String[] texts = new String[in.getInt()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = unpackText(in);
        }
        return cells.withTexts(texts);
    }

    private static void packCodes(Cells cells, ValueDictionary dictionary, FrameOutput out) {
        out.put(CODES);
        int count = dictionary.values().length;
        out.putInt(count);
        byte[] values = Cells.toBytes(dictionary.values(), cells.width());
        out.put(values, 0, values.length);
        int width = dictionary.codeWidth();
        char[] codes = dictionary.codes();
        for (int from = 0; from < codes.length; from += Cells.BLOCK) {
            int length = Math.min(Cells.BLOCK, codes.length - from);
            byte[] bytes = new byte[length * width];
            for (int i = 0; i < length; i++) {
                bytes[i * width] = (byte) codes[from + i];
                if (width == 2) {
                    bytes[i * 2 + 1] = (byte) (codes[from + i] >> 8);
                }
            }
            out.put(bytes, 0, bytes.length);
        }
    }

    private static void unpackCodes(Cells cells, FrameInput in) throws IOException {
        int count = in.getInt();
        if (count < 0 || count > 1 << 16) {
            throw new IOException("a stored column has a dictionary of impossible size");
        }
        byte[] stored = new byte[count * cells.width()];
        in.get(stored, stored.length);
        long[] values = Cells.fromBytes(stored, cells.width());
        int width = count <= 256 ? 1 : 2;
        byte[] codes = new byte[Cells.BLOCK * width];
        long[] bits = new long[Cells.BLOCK];
        for (int from = 0; from < cells.rows(); from += Cells.BLOCK) {
            int length = Math.min(Cells.BLOCK, cells.rows() - from);
            in.get(codes, length * width);
            try {
                if (width == 1) {
                    look(codes, values, bits, length);
                } else {
                    lookWide(codes, values, bits, length);
                }
            } catch (IndexOutOfBoundsException beyond) {
                throw new IOException("a stored column has a code beyond its dictionary", beyond);
            }
            cells.write(from, bits, length);
        }
    }

    private static void look(byte[] codes, long[] values, long[] bits, int length) {
        for (int i = 0; i < length; i++) {
            bits[i] = values[codes[i] & 0xff];
        }
    }

    private static void lookWide(byte[] codes, long[] values, long[] bits, int length) {
        for (int i = 0; i < length; i++) {
            bits[i] = values[(codes[2 * i] & 0xff) | (codes[2 * i + 1] & 0xff) << 8];
        }
    }

    private static void packPlanes(Cells cells, FrameOutput out) {
        out.put(PLANES);
        int width = cells.width();
        long[] bits = new long[Math.min(Cells.BLOCK, cells.rows())];
        byte[] planes = new byte[bits.length * width];
        for (int from = 0; from < cells.rows(); from += Cells.BLOCK) {
            int count = cells.read(from, bits);
            for (int plane = 0; plane < width; plane++) {
                takePlane(bits, count, 8 * plane, planes, plane * count);
            }
            out.put(planes, 0, count * width);
        }
    }

    private static void unpackPlanes(Cells cells, FrameInput in) throws IOException {
        int width = cells.width();
        long[] bits = new long[Math.min(Cells.BLOCK, cells.rows())];
        byte[] planes = new byte[bits.length * width];
        for (int from = 0; from < cells.rows(); from += Cells.BLOCK) {
            int count = Math.min(Cells.BLOCK, cells.rows() - from);
            in.get(planes, count * width);
            Arrays.fill(bits, 0, count, 0);
            for (int plane = 0; plane < width; plane++) {
                addPlane(planes, plane * count, 8 * plane, bits, count);
            }
            cells.write(from, bits, count);
        }
    }

    private static void addPlane(byte[] planes, int from, int shift, long[] bits, int count) {
        for (int i = 0; i < count; i++) {
            bits[i] |= (planes[from + i] & 0xffL) << shift;
        }
    }

    private static void takePlane(long[] bits, int count, int shift, byte[] planes, int to) {
        for (int i = 0; i < count; i++) {
            planes[to + i] = (byte) (bits[i] >> shift);
        }
    }

    /** UTF-8, and UTF-16 for a text with half a surrogate pair, which UTF-8 would not give back. */
    private static void packText(String text, FrameOutput out) {
        boolean exact = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        byte[] bytes = exact ? text.getBytes(StandardCharsets.UTF_8) : units(text);
        out.put(exact ? UTF_8 : UTF_16);
        out.putInt(bytes.length);
        out.put(bytes, 0, bytes.length);
    }

    private static String unpackText(FrameInput in) throws IOException {
        byte mark = in.get();
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes, bytes.length);
        if (mark == UTF_8) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        char[] units = new char[bytes.length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) ((bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff));
        }
        return new String(units);
    }

    private static byte[] units(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
