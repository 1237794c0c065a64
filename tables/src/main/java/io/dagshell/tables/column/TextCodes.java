package io.dagshell.tables.column;

import it.unimi.dsi.fastutil.bytes.Byte2IntOpenHashMap;
import it.unimi.dsi.fastutil.bytes.Byte2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ByteOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;

/**
 * A text column as codes into a dictionary, numbered by first appearance: the same texts give the same codes, however the
 * column came to be.
 *
 * @param codes per row, {@link #MISSING} where there is no text; used up to {@code size}
 * @param texts by code
 */
@SuppressWarnings("ArrayRecordComponent") // arrays handed on without copies are what this type is for
public record TextCodes(int[] codes, int size, String[] texts) {
    public static final int MISSING = -1;

    /** Most different texts that fit a column coded in bytes: 255 codes less the one for "not there". */
    private static final int BYTE_TEXTS = 254;

    /** Takes a column apart. */
    public static TextCodes of(StringColumn column) {
        DictionaryMap dictionary = column.getDictionary();
        int size = column.size();
        int[] codes = new int[size];
        Map<Integer, Integer> codeOfKey = new HashMap<>();
        String[] texts = new String[16];
        int count = 0;
        int lastKey = 0;
        int lastCode = Integer.MIN_VALUE;
        for (int row = 0; row < size; row++) {
            int key = dictionary.getKeyForIndex(row);
            if (key != lastKey || lastCode == Integer.MIN_VALUE) {
                Integer known = codeOfKey.get(key);
                if (known == null) {
                    String text = dictionary.getValueForKey(key);
                    known = missing(text) ? MISSING : count++;
                    codeOfKey.put(key, known);
                    if (known != MISSING) {
                        texts = count > texts.length ? Arrays.copyOf(texts, texts.length * 2) : texts;
                        texts[known] = text;
                    }
                }
                lastKey = key;
                lastCode = known;
            }
            codes[row] = lastCode;
        }
        return new TextCodes(codes, size, Arrays.copyOf(texts, count));
    }

    private static boolean missing(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** The text of a row, or null where it is missing. */
    public @Nullable String text(int row) {
        return codes[row] == MISSING ? null : texts[codes[row]];
    }

    /** The Tablesaw column; keeps nothing of this. */
    public StringColumn column(String name) {
        return StringColumn.createInternal(name, texts.length <= BYTE_TEXTS ? byteDictionary() : intDictionary());
    }

    private DictionaryMap byteDictionary() {
        Byte2ObjectOpenHashMap<String> textOfKey = new Byte2ObjectOpenHashMap<>();
        Object2ByteOpenHashMap<String> keyOfText = new Object2ByteOpenHashMap<>();
        keyOfText.defaultReturnValue(Byte.MIN_VALUE);
        byte[] keys = new byte[size];
        int[] counts = new int[texts.length + 1];
        for (int row = 0; row < size; row++) {
            int code = codes[row];
            counts[code == MISSING ? texts.length : code]++;
            keys[row] = code == MISSING ? Byte.MAX_VALUE : (byte) (code + Byte.MIN_VALUE + 1);
        }
        Byte2IntOpenHashMap countOfKey = new Byte2IntOpenHashMap();
        for (int code = 0; code <= texts.length; code++) {
            if (counts[code] > 0) {
                boolean absent = code == texts.length;
                byte key = absent ? Byte.MAX_VALUE : (byte) (code + Byte.MIN_VALUE + 1);
                textOfKey.put(key, absent ? "" : texts[code]);
                keyOfText.put(absent ? "" : texts[code], key);
                countOfKey.put(key, counts[code]);
            }
        }
        return new ByteDictionaryMap.ByteDictionaryBuilder()
                .setValues(keys)
                .setKeyToValue(textOfKey)
                .setValueToKey(keyOfText)
                .setKeyToCount(countOfKey)
                .setNextIndex(Byte.MIN_VALUE + texts.length)
                .build();
    }

    private DictionaryMap intDictionary() {
        Int2ObjectOpenHashMap<String> textOfKey = new Int2ObjectOpenHashMap<>(texts.length);
        Object2IntOpenHashMap<String> keyOfText = new Object2IntOpenHashMap<>(texts.length);
        keyOfText.defaultReturnValue(Integer.MIN_VALUE);
        int[] keys = new int[size];
        int[] counts = new int[texts.length + 1];
        for (int row = 0; row < size; row++) {
            int code = codes[row];
            counts[code == MISSING ? texts.length : code]++;
            keys[row] = code == MISSING ? Integer.MAX_VALUE : code + Integer.MIN_VALUE + 1;
        }
        Int2IntOpenHashMap countOfKey = new Int2IntOpenHashMap(texts.length);
        for (int code = 0; code <= texts.length; code++) {
            if (counts[code] > 0) {
                boolean absent = code == texts.length;
                int key = absent ? Integer.MAX_VALUE : code + Integer.MIN_VALUE + 1;
                textOfKey.put(key, absent ? "" : texts[code]);
                keyOfText.put(absent ? "" : texts[code], key);
                countOfKey.put(key, counts[code]);
            }
        }
        return new IntDictionaryMap.IntDictionaryBuilder()
                .setValues(keys)
                .setKeyToValue(textOfKey)
                .setValueToKey(keyOfText)
                .setKeyToCount(countOfKey)
                .setNextIndex(Integer.MIN_VALUE + texts.length)
                .build();
    }
}
