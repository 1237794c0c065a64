package io.dagshell.tables.csv;

import io.dagshell.tables.Schema;
import io.dagshell.tables.TableFileException;
import io.dagshell.tables.column.TextCodes;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Whether tables can be written to a file of text: asked before a row of them is. */
final class Writable {
    private final String target;
    private final Charset charset;
    private final CharsetEncoder encoder;

    Writable(Path target, Charset charset) {
        this.target = target.toString();
        this.charset = charset;
        this.encoder = charset.newEncoder();
    }

    /**
     * @param before the columns of the tables before, null for the first
     * @param rows how many rows these had
     */
    void check(Table table, @Nullable Schema before, long rows) throws TableFileException {
        Schema schema = Schema.of(table);
        if (before != null && !before.equals(schema)) {
            throw new TableFileException(
                    target, "a table with columns " + schema + " cannot follow one with " + before, null);
        }
        for (Column<?> column : table.columns()) {
            if (!encoder.canEncode(column.name())) {
                throw unwritable(column, "its name");
            }
            if (column instanceof StringColumn texts) {
                check(texts, rows);
            }
        }
    }

    private void check(StringColumn column, long rows) throws TableFileException {
        TextCodes codes = TextCodes.of(column);
        for (int code = 0; code < codes.texts().length; code++) {
            if (!encoder.canEncode(codes.texts()[code])) {
                int wanted = code;
                long row = Arrays.stream(codes.codes(), 0, codes.size())
                        .takeWhile(each -> each != wanted)
                        .count();
                throw unwritable(column, "the text of row " + (rows + row + 1));
            }
        }
    }

    private TableFileException unwritable(Column<?> column, String what) {
        return new TableFileException(
                target, 0, column.name(), what + " has characters that " + charset + " cannot write", null);
    }
}
