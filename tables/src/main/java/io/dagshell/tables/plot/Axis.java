package io.dagshell.tables.plot;

import io.dagshell.tables.preview.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A range of values along a side of the picture.
 *
 * @param label of the values, usually the column's name
 * @param written a value as its ticks write it
 */
public record Axis(String label, double least, double greatest, DoubleFunction<String> written) {
    private static final int TICKS = 5;

    /** A range that has a width, whatever the values. */
    public Axis {
        if (!(least < greatest)) {
            double middle = Double.isFinite(least) ? least : 0;
            least = middle - 0.5;
            greatest = middle + 0.5;
        }
    }

    static Axis ofNumbers(String label, double least, double greatest) {
        return new Axis(label, least, greatest, Shown::decimal);
    }

    /** Round values within the range. */
    List<Double> ticks() {
        double step = Math.pow(10, Math.floor(Math.log10((greatest - least) / TICKS)));
        while ((greatest - least) / step > 2 * TICKS) {
            step *= (greatest - least) / step > 4 * TICKS ? 5 : 2;
        }
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(least / step); at * step <= greatest; at++) {
            ticks.add(at * step);
        }
        return ticks;
    }

    /** From 0 at the least value to 1 at the greatest. */
    double share(double value) {
        return (value - least) / (greatest - least);
    }
}
