package io.dagshell.tables;

import io.dagshell.tables.plot.Draw;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** The plots of a table: {@code plot(trips).histogram("trip_distance")}. Columns are looked at when a plot is made. */
public final class Plots {
    private static final int BINS = 40;

    private final Table table;

    Plots(Table table) {
        this.table = table;
    }

    /** How the values of a column are spread. */
    public Plot histogram(String column) {
        return histogram(column, BINS);
    }

    /** How the values of a column are spread over so many equal parts of their range. */
    public Plot histogram(String column, int bins) {
        if (bins < 1 || bins > 400) {
            throw new IllegalArgumentException("a histogram has 1 to 400 parts, not " + bins);
        }
        return new Plot(Draw.histogram(table.column(column), bins));
    }

    /** A dot per row; of very many rows some. */
    public Plot scatter(String x, String y) {
        return new Plot(Draw.scatter(table.column(x), table.column(y)));
    }

    /** {@code y} along {@code x}, which need not be sorted; of very many rows the means of neighbours. */
    public Plot line(String x, String y) {
        return new Plot(Draw.line(table.column(x), table.column(y)));
    }

    /** Rows per value. */
    public Plot bar(String category) {
        return new Plot(Draw.bar(table.column(category), Optional.empty()));
    }

    /** The sum of a column per value of another. */
    public Plot bar(String category, String summed) {
        return new Plot(Draw.bar(table.column(category), Optional.of(table.column(summed))));
    }
}
