package io.dagshell.tables.parquet;

import io.dagshell.tables.column.TextCodes;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import tech.tablesaw.columns.Column;

/** Text: a dictionary in the file is taken over as one, so that a text seen before makes no object. */
final class TextReader extends LeafReader {
    private static final int UNKNOWN = -2;

    private final Object2IntOpenHashMap<String> codeOfText = new Object2IntOpenHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Converter converter = new Converter();
    private int[] codes = {};
    private int code;

    TextReader() {
        codeOfText.defaultReturnValue(UNKNOWN);
    }

    /** The column's reader hands its values over through this. */
    PrimitiveConverter converter() {
        return converter;
    }

    @Override
    void reserve(int rows) {
        codes = new int[rows];
        codeOfText.clear();
        texts.clear();
        converter.forget();
    }

    @Override
    void take(int row, ColumnReader leaf) {
        leaf.writeCurrentValueToConverter();
        codes[row] = code;
    }

    @Override
    void skip(int row) {
        codes[row] = TextCodes.MISSING;
    }

    @Override
    Column<?> column(String name, int rows) {
        return new TextCodes(codes, rows, texts.toArray(String[]::new)).column(name);
    }

    private int codeOf(Binary value) {
        String text = text(value);
        if (text.isEmpty()) {
            return TextCodes.MISSING;
        }
        int known = codeOfText.getInt(text);
        if (known == UNKNOWN) {
            known = texts.size();
            texts.add(text);
            codeOfText.put(text, known);
        }
        return known;
    }

    private static String text(Binary value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(value.toByteBuffer())
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException(
                    "bytes that are no text in UTF-8, for which tables have no type", binary);
        }
    }

    private final class Converter extends PrimitiveConverter {
        private Dictionary dictionary = new NoDictionary();
        private int[] codeOfId = {};

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary next) {
            dictionary = next;
            codeOfId = new int[next.getMaxId() + 1];
            forget();
        }

        void forget() {
            Arrays.fill(codeOfId, UNKNOWN);
        }

        @Override
        public void addValueFromDictionary(int id) {
            if (codeOfId[id] == UNKNOWN) {
                codeOfId[id] = codeOf(dictionary.decodeToBinary(id));
            }
            code = codeOfId[id];
        }

        @Override
        public void addBinary(Binary value) {
            code = codeOf(value);
        }
    }

    /** Until the file shows one. */
    private static final class NoDictionary extends Dictionary {
        NoDictionary() {
            super(org.apache.parquet.column.Encoding.PLAIN);
        }

        @Override
        public int getMaxId() {
            return -1;
        }
    }
}
