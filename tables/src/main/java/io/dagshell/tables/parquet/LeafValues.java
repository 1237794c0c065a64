package io.dagshell.tables.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The values of a leaf that is not repeated, in one row group: {@link #next}, then the value, if one is there, exactly once. The
 * library's own column reader goes through several calls for each value and its level; here a page's levels and places in the
 * dictionary are unpacked at once. Pages are of https://parquet.apache.org/docs/file-format/data-pages/. Used by one thread at a
 * time.
 */
final class LeafValues {
    private final ColumnDescriptor leaf;
    private final PageReader pages;
    private boolean started;
    private @Nullable Dictionary dictionary;

    private int rows;
    private int row;
    /** By row 1 where a value is there; empty where all are. */
    private int[] levels = {};

    private boolean everyRow;
    private boolean coded;
    private int[] codes = {};
    private int code;
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private @Nullable ValuesReader others;

    LeafValues(ColumnDescriptor leaf, PageReader pages) {
        this.leaf = leaf;
        this.pages = pages;
    }

    /** Goes to the next row; whether it has a value. */
    boolean next() {
        while (row == rows) {
            readPage();
        }
        int at = row++;
        return everyRow || levels[at] == 1;
    }

    /** The dictionary that the present value is in, or null. */
    @Nullable
    Dictionary dictionary() {
        return coded ? dictionary : null;
    }

    /** The value's place in the dictionary. */
    int code() {
        return codes[code++];
    }

    int getInteger() {
        if (coded) {
            return known().decodeToInt(codes[code++]);
        }
        return others == null ? plain.getInt() : others.readInteger();
    }

    long getLong() {
        if (coded) {
            return known().decodeToLong(codes[code++]);
        }
        return others == null ? plain.getLong() : others.readLong();
    }

    double getDouble() {
        if (coded) {
            return known().decodeToDouble(codes[code++]);
        }
        return others == null ? plain.getDouble() : others.readDouble();
    }

    float getFloat() {
        if (coded) {
            return known().decodeToFloat(codes[code++]);
        }
        return others == null ? plain.getFloat() : others.readFloat();
    }

    boolean getBoolean() {
        return coded ? known().decodeToBoolean(codes[code++]) : other().readBoolean();
    }

    Binary getBinary() {
        return coded ? known().decodeToBinary(codes[code++]) : other().readBytes();
    }

    private Dictionary known() {
        if (dictionary == null) {
            throw new ParquetDecodingException("values of a dictionary that is not there");
        }
        return dictionary;
    }

    private ValuesReader other() {
        if (others == null) {
            throw new ParquetDecodingException("a value that is not there");
        }
        return others;
    }

    private void readPage() {
        try {
            if (!started) {
                started = true;
                DictionaryPage page = pages.readDictionaryPage();
                dictionary = page == null ? null : page.getEncoding().initDictionary(leaf, page);
            }
            DataPage page = pages.readPage();
            if (page == null) {
                throw new ParquetDecodingException("fewer values than rows");
            }
            row = 0;
            rows = page.getValueCount();
            if (page instanceof DataPageV1 first) {
                read(first);
            } else {
                read((DataPageV2) page);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(DataPageV1 page) throws IOException {
        ByteBufferInputStream bytes = page.getBytes().toInputStream();
        everyRow = leaf.getMaxDefinitionLevel() == 0;
        if (!everyRow) {
            if (page.getDlEncoding() == Encoding.RLE) {
                levels(bytes.slice(littleEndian(bytes)));
            } else {
                oldLevels(page, bytes);
            }
        }
        values(page.getValueEncoding(), bytes);
    }

    private void read(DataPageV2 page) throws IOException {
        everyRow = leaf.getMaxDefinitionLevel() == 0 || page.getNullCount() == 0;
        if (!everyRow) {
            levels(page.getDefinitionLevels().toByteBuffer());
        }
        BytesInput data = page.getData();
        values(page.getDataEncoding(), data.toInputStream());
    }

    private static int littleEndian(ByteBufferInputStream bytes) throws IOException {
        return Integer.reverseBytes(bytes.slice(Integer.BYTES).getInt());
    }

    private void levels(ByteBuffer packed) {
        levels = Runs.read(packed, 1, rows, levels);
    }

    /** Packed without runs, as nobody writes any more. */
    private void oldLevels(DataPageV1 page, ByteBufferInputStream bytes) throws IOException {
        ValuesReader reader = page.getDlEncoding().getValuesReader(leaf, ValuesType.DEFINITION_LEVEL);
        reader.initFromPage(rows, bytes);
        levels = new int[rows];
        for (int i = 0; i < rows; i++) {
            levels[i] = reader.readInteger();
        }
    }

    private void values(Encoding encoding, ByteBufferInputStream bytes) throws IOException {
        coded = encoding.usesDictionary();
        ValuesReader before = others;
        others = null;
        if (coded) {
            code = 0;
            ByteBuffer rest = bytes.slice(bytes.available());
            codes = rest.hasRemaining() ? Runs.read(rest, rest.get(), present(), codes) : codes;
        } else if (encoding == Encoding.PLAIN && isFixed(leaf.getPrimitiveType().getPrimitiveTypeName())) {
            plain = bytes.slice(bytes.available()).order(ByteOrder.LITTLE_ENDIAN);
        } else {
            others = encoding.getValuesReader(leaf, ValuesType.VALUES);
            others.initFromPage(rows, bytes);
            if (others instanceof RequiresPreviousReader fresh && before != null) {
                fresh.setPreviousReader(before); // old writers counted on the page before, PARQUET-246
            }
        }
    }

    private int present() {
        if (everyRow) {
            return rows;
        }
        int count = 0;
        for (int i = 0; i < rows; i++) {
            count += levels[i];
        }
        return count;
    }

    private static boolean isFixed(PrimitiveTypeName type) {
        return switch (type) {
            case INT32, INT64, FLOAT, DOUBLE -> true;
            case BOOLEAN, BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> false;
        };
    }
}
