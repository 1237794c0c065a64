package io.dagshell.tables.column;

import it.unimi.dsi.fastutil.bytes.Byte2IntOpenHashMap;
import it.unimi.dsi.fastutil.bytes.Byte2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ByteOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;

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

    private static final int UNKNOWN = -2;

    /** Most different texts that fit a column coded in bytes: 255 codes less the one for "not there". */
    private static final int BYTE_TEXTS = 254;

    /** Takes a column apart. */
    public static TextCodes of(StringColumn column) {
        DictionaryMap dictionary = column.getDictionary();
        // Tablesaw gives up its dictionary for a column of very many texts, and then knows no keys.
        return dictionary instanceof NullDictionaryMap ? ofTexts(column) : ofKeys(dictionary, column.size());
    }

    private static TextCodes ofKeys(DictionaryMap dictionary, int size) {
        int[] codes = new int[size];
        Int2IntOpenHashMap codeOfKey = new Int2IntOpenHashMap();
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            int key = dictionary.getKeyForIndex(row);
            int code = codeOfKey.getOrDefault(key, UNKNOWN);
            if (code == UNKNOWN) {
                code = next(dictionary.getValueForKey(key), texts);
                codeOfKey.put(key, code);
            }
            codes[row] = code;
        }
        return new TextCodes(codes, size, texts.toArray(String[]::new));
    }

    private static TextCodes ofTexts(StringColumn column) {
        int[] codes = new int[column.size()];
        Object2IntOpenHashMap<String> codeOfText = new Object2IntOpenHashMap<>();
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < codes.length; row++) {
            String text = column.get(row);
            int code = codeOfText.getOrDefault(text, UNKNOWN);
            if (code == UNKNOWN) {
                code = next(text, texts);
                codeOfText.put(text, code);
            }
            codes[row] = code;
        }
        return new TextCodes(codes, codes.length, texts.toArray(String[]::new));
    }

    private static int next(@Nullable String text, List<String> texts) {
        if (text == null || text.isEmpty()) {
            return MISSING;
        }
        texts.add(text);
        return texts.size() - 1;
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
