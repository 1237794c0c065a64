package io.dagshell.tables.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a record as characters and gives them to the columns: no string is made for a field. The first
 * record is the header. Trouble is noted, not thrown, so that FastCSV does not wrap it; whoever asks for records looks.
 */
final class RecordHandler extends CsvCallbackHandler<Boolean> {
    static final String UNCLOSED = "bad quoting: the quote that opens here is never closed";

    private final Set<String> missing;
    private final int longestMissing;
    private final List<String> header = new ArrayList<>();
    private ColumnBuilder @Nullable [] columns;
    private int field;
    private boolean blank;
    private long line;
    private @Nullable Trouble trouble;
    private boolean ended;

    /** What is wrong with the record, and in which field; -1 if in none. */
    record Trouble(int field, String problem) {}

    RecordHandler(Set<String> missing) {
        this.missing = missing;
        this.longestMissing = missing.stream().mapToInt(String::length).max().orElse(0);
    }

    List<String> header() {
        return header;
    }

    /** From now on fields go to these. */
    void into(ColumnBuilder[] builders) {
        columns = builders;
    }

    /** Where the present record starts, from 1. */
    long line() {
        return line;
    }

    /** Whether the mark that {@link ReadAhead} puts after the last line came by, outside quotes. */
    boolean ended() {
        return ended;
    }

    @Nullable
    Trouble trouble() {
        return trouble;
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
        line = startingLineNumber;
        field = 0;
        blank = false;
    }

    @Override
    protected void addField(char[] text, int offset, int length, boolean quoted) {
        ColumnBuilder[] into = columns;
        if (length > 0 && text[offset + length - 1] == ReadAhead.END_MARK && isEnd(length, quoted)) {
            return;
        }
        if (into == null) {
            header.add(new String(text, offset, length));
        } else if (field < into.length && trouble == null) {
            add(into[field], text, offset, length);
        }
        field++;
    }

    private boolean isEnd(int length, boolean quoted) {
        if (quoted) {
            trouble = new Trouble(-1, UNCLOSED);
            return true;
        }
        ended = field == 0 && length == 1;
        return ended;
    }

    private void add(ColumnBuilder column, char[] text, int offset, int length) {
        if (length == 0 || (length <= longestMissing && missing.contains(new String(text, offset, length)))) {
            column.addMissing();
        } else if (!column.add(text, offset, length)) {
            trouble = new Trouble(field, shown(text, offset, length) + " is not " + column.expects());
        }
    }

    @Override
    protected void setComment(char[] text, int offset, int length) {
        throw new IllegalStateException("comments are not asked for");
    }

    @Override
    protected void setEmpty() {
        blank = true;
    }

    /** Whether it was a record: blank lines are none, but with one column a blank line is a missing value. */
    @Override
    protected Boolean buildRecord() {
        ColumnBuilder[] into = columns;
        if (ended) {
            return false;
        }
        if (into == null) {
            return !header.isEmpty();
        }
        if (blank) {
            if (into.length == 1) {
                into[0].addMissing();
            }
            return into.length == 1;
        }
        if (field != into.length && trouble == null) {
            trouble = new Trouble(
                    -1, field + (field == 1 ? " field" : " fields") + " where the header has " + into.length);
        }
        return true;
    }

    private static String shown(char[] text, int offset, int length) {
        int limit = 60;
        return '"' + new String(text, offset, Math.min(length, limit)) + (length > limit ? "…" : "") + '"';
    }
}
