package io.dagshell.tables.csv;

import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** A column of a stream whose type was found in the first rows; says so when a later value does not fit. */
final class SettledBuilder extends ColumnBuilder {
    private static final Set<ColumnType> NOT_QUOTED =
            Set.of(ColumnType.INTEGER, ColumnType.LONG, ColumnType.DOUBLE, ColumnType.BOOLEAN);

    private final ColumnBuilder settled;
    private final long sample;

    /** @param sample how many rows the type was found in */
    SettledBuilder(ColumnBuilder settled, long sample) {
        this.settled = settled;
        this.sample = sample;
    }

    @Override
    ColumnType type() {
        return settled.type();
    }

    @Override
    boolean add(char[] text, int from, int length) {
        return settled.add(text, from, length);
    }

    @Override
    boolean takesQuoted() {
        return !NOT_QUOTED.contains(type());
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return settled.fits(text, from, length);
    }

    @Override
    void addMissing() {
        settled.addMissing();
    }

    @Override
    Column<?> take(String name) {
        return settled.take(name);
    }

    @Override
    String expects() {
        return String.format(
                Locale.ROOT,
                "%s, the type found in the first %,d rows; a stream does not change it: give the column's type with"
                        + " Tables.schema()",
                settled.expects(),
                sample);
    }
}
