package io.dagshell.tables.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a record as characters and gives them to the columns: no string is made for a field. The first
 * record is the header. Trouble is noted, not thrown, so that FastCSV does not wrap it; whoever asks for records looks.
 */
final class RecordHandler extends CsvCallbackHandler<Boolean> {
    static final String UNCLOSED = "bad quoting: the quote that opens here is never closed";

    private final Troubles troubles;
    private final List<String> header = new ArrayList<>();
    private @Nullable Fields fields;
    private int field;
    private boolean blank;
    private boolean ended;

    RecordHandler(Troubles troubles) {
        this.troubles = troubles;
    }

    List<String> header() {
        return header;
    }

    /** From now on fields go to these. */
    void into(Fields columns) {
        fields = columns;
    }

    /** Whether the mark that {@link ReadAhead} puts after the last line came by, outside quotes. */
    boolean ended() {
        return ended;
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return field;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        troubles.at(startingLineNumber);
        field = 0;
        blank = false;
    }

    @Override
    protected void addField(char[] text, int offset, int length, boolean quoted) {
        Fields into = fields;
        if (length > 0 && text[offset + length - 1] == ReadAhead.END_MARK && isEnd(length, quoted)) {
            return;
        }
        if (into == null) {
            header.add(new String(text, offset, length));
        } else {
            into.add(field, text, offset, length);
        }
        field++;
    }

    private boolean isEnd(int length, boolean quoted) {
        if (quoted) {
            troubles.ends(-1, UNCLOSED);
            return true;
        }
        ended = field == 0 && length == 1;
        return ended;
    }

    @Override
    protected void setComment(char[] text, int offset, int length) {
        throw new IllegalStateException("comments are not asked for");
    }

    @Override
    protected void setEmpty() {
        blank = true;
    }

    /** Whether it was a row: blank lines are none, but with one column a blank line is a missing value. */
    @Override
    protected Boolean buildRecord() {
        Fields into = fields;
        if (ended) {
            return false;
        }
        if (into == null) {
            return !header.isEmpty();
        }
        if (!blank) {
            return troubles.fatal() != null || into.end(field);
        }
        if (into.columns.length == 1) {
            into.columns[0].addMissing();
        }
        return into.columns.length == 1;
    }
}
