package io.dagshell.tables.preview;

/** Least and greatest value, in which rows, and how many are missing, of the values taken so far. */
final class Extent {
    private long missing;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private int least = -1;
    private int greatest = -1;

    /** Values of the rows {@code from}, {@code from + 1} and so on. */
    void take(double[] values, int count, int from) {
        for (int i = 0; i < count; i++) {
            double value = values[i];
            if (Double.isNaN(value)) {
                missing++;
                continue;
            }
            if (value < min || least < 0) {
                min = value;
                least = from + i;
            }
            if (value > max || greatest < 0) {
                max = value;
                greatest = from + i;
            }
        }
    }

    boolean isEmpty() {
        return least < 0;
    }

    long missing() {
        return missing;
    }

    int least() {
        return least;
    }

    int greatest() {
        return greatest;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }
}
