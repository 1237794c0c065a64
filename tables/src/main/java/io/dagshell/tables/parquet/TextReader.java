package io.dagshell.tables.parquet;

import io.dagshell.tables.column.TextCodes;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.Column;

/** Text: a dictionary in the file is taken over as one, so that a text seen before makes no object. */
final class TextReader extends LeafReader {
    private static final int UNKNOWN = -2;

    private final Object2IntOpenHashMap<String> codeOfText = new Object2IntOpenHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int[] codes = {};
    private @Nullable Dictionary dictionary;
    private int[] codeOfId = {};

    TextReader() {
        codeOfText.defaultReturnValue(UNKNOWN);
    }

    @Override
    void reserve(int rows) {
        codes = new int[rows];
        codeOfText.clear();
        texts.clear();
        Arrays.fill(codeOfId, UNKNOWN);
    }

    @Override
    void take(int row, LeafValues leaf) {
        Dictionary known = leaf.dictionary();
        codes[row] = known == null ? codeOf(leaf.getBinary()) : codeOf(known, leaf.code());
    }

    @Override
    void skip(int row) {
        codes[row] = TextCodes.MISSING;
    }

    @Override
    Column<?> column(String name, int rows) {
        return new TextCodes(codes, rows, texts.toArray(String[]::new)).column(name);
    }

    private int codeOf(Dictionary known, int id) {
        if (known != dictionary) {
            dictionary = known;
            codeOfId = new int[known.getMaxId() + 1];
            Arrays.fill(codeOfId, UNKNOWN);
        }
        if (codeOfId[id] == UNKNOWN) {
            codeOfId[id] = codeOf(known.decodeToBinary(id));
        }
        return codeOfId[id];
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
}
