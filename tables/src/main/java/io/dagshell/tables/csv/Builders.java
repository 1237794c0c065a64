package io.dagshell.tables.csv;

import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.ColumnArrays;
import tech.tablesaw.api.ColumnType;

/** Makes the builder for a type. */
final class Builders {
    private static final Map<ColumnType, Function<Boolean, ColumnBuilder>> KNOWN = Map.of(
            ColumnType.INTEGER, Builders::integers,
            ColumnType.LONG, Builders::longs,
            ColumnType.DOUBLE, DecimalBuilder::new,
            ColumnType.STRING, strict -> new TextBuilder(),
            ColumnType.BOOLEAN, strict -> new BooleanBuilder(),
            ColumnType.LOCAL_DATE, strict -> dates(),
            ColumnType.LOCAL_TIME, strict -> times(),
            ColumnType.LOCAL_DATE_TIME, strict -> timestamps(),
            ColumnType.INSTANT, strict -> instants());

    private Builders() {}

    /** @param strict take only what the type was found with, see {@link Numbers} */
    static ColumnBuilder of(ColumnType type, boolean strict) {
        Function<Boolean, ColumnBuilder> known = KNOWN.get(type);
        if (known == null) {
            throw new IllegalArgumentException("csv files are not read into columns of type " + type.name());
        }
        return known.apply(strict);
    }

    static IntBuilder integers(boolean strict) {
        return new IntBuilder(
                ColumnType.INTEGER,
                "a whole number of 32 bits",
                (text, from, length) -> {
                    long value = Numbers.integer(text, from, length, strict);
                    return value < -Integer.MAX_VALUE || value > Integer.MAX_VALUE ? Times.NO_INT : (int) value;
                },
                ColumnArrays::ints);
    }

    static LongBuilder longs(boolean strict) {
        return new LongBuilder(
                ColumnType.LONG,
                "a whole number of 64 bits",
                (text, from, length) -> Numbers.integer(text, from, length, strict),
                ColumnArrays::longs);
    }

    private static ColumnBuilder dates() {
        return new IntBuilder(ColumnType.LOCAL_DATE, "a date (2021-01-31)", Times::date, ColumnArrays::dates);
    }

    private static ColumnBuilder times() {
        return new IntBuilder(ColumnType.LOCAL_TIME, "a time (23:59:59.999)", Times::time, ColumnArrays::times);
    }

    private static ColumnBuilder timestamps() {
        return new LongBuilder(
                ColumnType.LOCAL_DATE_TIME,
                "a timestamp (2021-01-31 23:59:59, down to milliseconds)",
                Times::timestamp,
                ColumnArrays::timestamps);
    }

    private static ColumnBuilder instants() {
        return new LongBuilder(
                ColumnType.INSTANT,
                "a moment (2021-01-31T23:59:59Z or +01:00 at its end, down to milliseconds)",
                Times::instant,
                ColumnArrays::instants);
    }
}
