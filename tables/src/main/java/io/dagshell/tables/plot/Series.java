package io.dagshell.tables.plot;

import io.dagshell.tables.preview.Magnitudes;
import io.dagshell.tables.preview.Shown;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/**
 * The values of a column as numbers, NaN where missing.
 *
 * @param written a number as the column's own kind of value
 */
@SuppressWarnings("ArrayRecordComponent") // internal, read only
record Series(String name, double[] values, DoubleFunction<String> written) {

    static Series of(Column<?> column) {
        Magnitudes magnitudes = Magnitudes.of(column)
                .orElseThrow(() -> new IllegalArgumentException(
                        "column " + column.name() + " is text; a plot of it is bar(\"" + column.name() + "\")"));
        double[] values = new double[column.size()];
        magnitudes.read(0, values.length, values);
        return new Series(column.name(), values, written(column.type()));
    }

    private static DoubleFunction<String> written(ColumnType type) {
        if (type == ColumnType.LOCAL_DATE) {
            return days -> LocalDate.ofEpochDay(Math.round(days)).toString();
        }
        if (type == ColumnType.LOCAL_DATE_TIME || type == ColumnType.INSTANT) {
            return millis -> LocalDateTime.ofEpochSecond(Math.floorDiv(Math.round(millis), 1000L), 0, ZoneOffset.UTC)
                    .toString();
        }
        if (type == ColumnType.LOCAL_TIME) {
            return millis -> LocalTime.ofSecondOfDay(Math.floorMod(Math.round(millis) / 1000, 86_400L))
                    .toString();
        }
        return Shown::decimal;
    }

    private DoubleStream present() {
        return DoubleStream.of(values).filter(Double::isFinite);
    }

    Axis axis() {
        return new Axis(name, present().min().orElse(0), present().max().orElse(0), written);
    }

    String write(double value) {
        return written.apply(value);
    }
}
