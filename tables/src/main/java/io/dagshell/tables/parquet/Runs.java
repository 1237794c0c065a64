package io.dagshell.tables.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Small numbers as runs of one number and groups of eight packed side by side
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/, RLE).
 */
final class Runs {
    private static final int GROUP = 8;
    private static final int WIDEST = 32;

    private Runs() {}

    /**
     * The first {@code count} numbers.
     *
     * @param width bits of each
     * @param room is used for them if there is enough of it
     */
    static int[] read(ByteBuffer packed, int width, int count, int[] room) {
        if (width < 0 || width > WIDEST) {
            throw new ParquetDecodingException("numbers of " + width + " bits");
        }
        int[] numbers = room.length >= count + GROUP ? room : new int[count + GROUP];
        if (width == 0) {
            Arrays.fill(numbers, 0, count, 0);
            return numbers;
        }
        // a last group may lack the bytes of numbers that nobody asks for
        byte[] bytes = new byte[packed.remaining() + width];
        int end = packed.remaining();
        packed.get(bytes, 0, end);
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
        int at = 0;
        int done = 0;
        while (done < count) {
            int header = 0;
            int shift = 0;
            byte part;
            do {
                if (at >= end) {
                    throw new ParquetDecodingException("a page ends before its values do");
                }
                part = bytes[at++];
                header |= (part & 0x7f) << shift;
                shift += 7;
            } while (part < 0);
            if ((header & 1) == 0) {
                int length = Math.min(header >>> 1, count - done);
                int value = 0;
                for (int i = 0; i < (width + 7) / 8; i++) {
                    value |= (bytes[at++] & 0xff) << (8 * i);
                }
                Arrays.fill(numbers, done, done + length, value);
                done += length;
            } else {
                int groups = header >>> 1;
                for (int i = 0; i < groups && done < count; i++) {
                    packer.unpack8Values(bytes, at, numbers, done);
                    at += width;
                    done += GROUP;
                }
            }
        }
        return numbers;
    }
}
