package io.dagshell.tables.csv;

import io.dagshell.tables.column.TextCodes;
import java.util.Arrays;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** Columns of text: a dictionary looked up by characters, so that a text seen before makes no object. */
final class TextBuilder extends ColumnBuilder {
    private static final int TABLE = 64;

    private int[] codes = new int[START];
    private String[] texts = new String[16];
    private int[] hashes = new int[16];
    private int count;
    private int[] table = newTable(TABLE);

    @Override
    ColumnType type() {
        return ColumnType.STRING;
    }

    @Override
    String expects() {
        return "text";
    }

    @Override
    boolean add(char[] text, int from, int length) {
        put(code(text, from, length));
        return true;
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return true;
    }

    @Override
    void addMissing() {
        put(TextCodes.MISSING);
    }

    private void put(int code) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, grown(size));
        }
        codes[size++] = code;
    }

    @Override
    Column<?> take(String name) {
        Column<?> column = new TextCodes(codes, size, Arrays.copyOf(texts, count)).column(name);
        texts = new String[16];
        hashes = new int[16];
        table = newTable(TABLE);
        count = 0;
        size = 0;
        return column;
    }

    private int code(char[] text, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = spread(hash) & (table.length - 1);
        for (int code = table[slot]; code >= 0; code = table[slot]) {
            if (hashes[code] == hash && same(texts[code], text, from, length)) {
                return code;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = count;
        return remember(new String(text, from, length), hash);
    }

    private int remember(String text, int hash) {
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, grown(count));
            hashes = Arrays.copyOf(hashes, texts.length);
        }
        texts[count] = text;
        hashes[count++] = hash;
        if (count * 2 > table.length) {
            rehash();
        }
        return count - 1;
    }

    private void rehash() {
        table = newTable(table.length * 2);
        for (int code = 0; code < count; code++) {
            int slot = spread(hashes[code]) & (table.length - 1);
            while (table[slot] >= 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = code;
        }
    }

    private static boolean same(String known, char[] text, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16) ^ (hash >>> 7);
    }

    private static int[] newTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, -1);
        return table;
    }
}
