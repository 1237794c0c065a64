package io.dagshell.tables.csv;

import io.dagshell.tables.ColumnAccess;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.dates.PackedLocalDate;

/** The cells of a column as text that reads back as the same values; null where a value is missing. */
interface CellText {
    /** Room for a moment. */
    int LENGTH = 24;

    @Nullable
    String at(int row);

    static CellText of(Column<?> column) {
        CellText present = present(column);
        return row -> column.isMissing(row) ? null : present.at(row);
    }

    private static CellText present(Column<?> column) {
        if (column instanceof DateColumn dates) {
            return row -> date(dates.getIntInternal(row));
        }
        if (column instanceof TimeColumn times) {
            return row -> time(times.getIntInternal(row));
        }
        if (column instanceof DateTimeColumn moments) {
            return row -> moment(moments.getLongInternal(row));
        }
        if (column instanceof InstantColumn instants) {
            long[] values = ColumnAccess.instants(instants);
            return row -> moment(values[row]) + "Z";
        }
        if (column instanceof BooleanColumn flags) {
            return row -> String.valueOf(flags.get(row));
        }
        return row -> String.valueOf(column.get(row));
    }

    private static String date(int packed) {
        return date(new StringBuilder(LENGTH), packed).toString();
    }

    private static String time(int packed) {
        return time(new StringBuilder(LENGTH), packed).toString();
    }

    private static String moment(long packed) {
        StringBuilder text = date(new StringBuilder(LENGTH), (int) (packed >> 32));
        return time(text.append('T'), (int) packed).toString();
    }

    private static StringBuilder date(StringBuilder into, int packed) {
        int year = packed >> 16;
        if (year < 0 || year > 9999) {
            return into.append(PackedLocalDate.asLocalDate(packed));
        }
        two(two(into, year / 100), year % 100).append('-');
        return two(two(into, (packed >> 8) & 0xff).append('-'), packed & 0xff);
    }

    /** With its milliseconds if it has some. */
    private static StringBuilder time(StringBuilder into, int packed) {
        int millis = packed & 0xffff;
        two(two(into, packed >>> 24).append(':'), (packed >> 16) & 0xff).append(':');
        two(into, millis / 1000);
        return millis % 1000 == 0 ? into : two(into.append('.').append(millis / 100 % 10), millis % 100);
    }

    private static StringBuilder two(StringBuilder into, int value) {
        return into.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
