package io.dagshell.tables.csv;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/**
 * Finds the type of a column while collecting it: the narrowest that takes every value. Whole numbers widen to longer ones
 * and to decimals with nothing lost; what cannot widen without loss is text, and then the column must be read {@linkplain
 * #unusable again} because the characters of its earlier values are gone.
 */
final class InferringBuilder extends ColumnBuilder {
    private static final ColumnType[] NARROWEST_FIRST = {
        ColumnType.INTEGER,
        ColumnType.LONG,
        ColumnType.DOUBLE,
        ColumnType.LOCAL_DATE_TIME,
        ColumnType.INSTANT,
        ColumnType.LOCAL_DATE,
        ColumnType.BOOLEAN
    };

    private static final Set<ColumnType> QUOTED =
            Set.of(ColumnType.LOCAL_DATE_TIME, ColumnType.INSTANT, ColumnType.LOCAL_DATE, ColumnType.STRING);
    private static final ColumnType[] MOMENTS = {ColumnType.LOCAL_DATE_TIME, ColumnType.INSTANT, ColumnType.LOCAL_DATE};

    private @Nullable ColumnBuilder found;
    private boolean unusable;

    /** Whether the type is known but the values are lost. */
    boolean unusable() {
        return unusable;
    }

    /** All missing is text: it takes anything that comes later. */
    @Override
    ColumnType type() {
        return found == null ? ColumnType.STRING : found.type();
    }

    @Override
    String expects() {
        return found == null ? "anything" : found.expects();
    }

    @Override
    boolean add(char[] text, int from, int length) {
        size++;
        if (unusable) {
            return true;
        }
        ColumnBuilder now = found;
        if (now == null) {
            found = first(NARROWEST_FIRST, text, from, length);
            return true;
        }
        if (!now.add(text, from, length)) {
            found = wider(now, text, from, length);
        }
        return true;
    }

    /** A date, a timestamp or text; with numbers or flags in the same column all of it is text. */
    @Override
    boolean addQuoted(char[] text, int from, int length) {
        ColumnBuilder now = found;
        if (now == null && !unusable) {
            size++;
            found = first(MOMENTS, text, from, length);
            return true;
        }
        if (now == null || !QUOTED.contains(now.type())) {
            size++;
            unusable = true;
            found = new TextBuilder();
            return true;
        }
        return add(text, from, length);
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return true;
    }

    @Override
    void addMissing() {
        size++;
        if (found != null && !unusable) {
            found.addMissing();
        }
    }

    @Override
    Column<?> take(String name) {
        ColumnBuilder done = found == null ? missing(new TextBuilder(), size) : found;
        size = 0;
        return done.take(name);
    }

    private ColumnBuilder first(ColumnType[] candidates, char[] text, int from, int length) {
        for (ColumnType type : candidates) {
            ColumnBuilder candidate = Builders.of(type, true);
            if (candidate.add(text, from, length)) {
                candidate = missing(Builders.of(type, true), size - 1);
                candidate.add(text, from, length);
                return candidate;
            }
        }
        ColumnBuilder texts = missing(new TextBuilder(), size - 1);
        texts.add(text, from, length);
        return texts;
    }

    private ColumnBuilder wider(ColumnBuilder narrow, char[] text, int from, int length) {
        if (narrow instanceof IntBuilder integers && narrow.type() == ColumnType.INTEGER) {
            LongBuilder longs = Widening.longs(integers);
            return longs.add(text, from, length) ? longs : wider(longs, text, from, length);
        }
        if (narrow instanceof LongBuilder longs && narrow.type() == ColumnType.LONG) {
            DecimalBuilder decimals = Widening.decimals(longs);
            if (decimals != null && decimals.add(text, from, length)) {
                return decimals;
            }
        }
        unusable = true;
        return new TextBuilder();
    }

    private static ColumnBuilder missing(ColumnBuilder builder, int count) {
        for (int i = 0; i < count; i++) {
            builder.addMissing();
        }
        return builder;
    }
}
