package io.dagshell.tables.preview;

import io.dagshell.tables.column.InParallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import tech.tablesaw.columns.Column;

/**
 * Looks at columns within a budget of time: at every row where that fits, otherwise at rows spread evenly over all.
 * Columns share the budget, so that a slow one does not take it from the others.
 */
final class Summaries {
    static final int BINS = 20;

    private static final int TOP = 12;
    private static final int BETWEEN_LOOKS = 1 << 15;
    private static final int SAMPLE = 20_000;
    private static final int HISTOGRAM_SAMPLE = 100_000;

    private final long allowanceNanos;
    private final LongSupplier nanoTime;

    private Summaries(long allowanceNanos, LongSupplier nanoTime) {
        this.allowanceNanos = allowanceNanos;
        this.nanoTime = nanoTime;
    }

    static ColumnSummary[] of(Column<?>[] columns, Duration budget, LongSupplier nanoTime) {
        int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
        long each = budget.toNanos() * threads / Math.max(1, columns.length);
        Summaries summaries = new Summaries(each, nanoTime);
        return InParallel.each(columns.length, i -> summaries.summary(columns[i]), ColumnSummary[]::new);
    }

    private ColumnSummary summary(Column<?> column) {
        Optional<Magnitudes> values = Magnitudes.of(column);
        return values.isEmpty() ? text(column) : ordered(column, values.get());
    }

    private ColumnSummary ordered(Column<?> column, Magnitudes values) {
        Extent all = new Extent();
        boolean exact = look(column.size(), values, all);
        if (!exact) {
            all = new Extent();
            for (int row : spread(column.size(), SAMPLE)) {
                all.take(row, values.at(row));
            }
        }
        long missing = exact ? all.missing : scaled(all.missing, column.size());
        OptionalInt least = all.least < 0 ? OptionalInt.empty() : OptionalInt.of(all.least);
        OptionalInt greatest = all.greatest < 0 ? OptionalInt.empty() : OptionalInt.of(all.greatest);
        return new ColumnSummary(
                column, exact, missing, least, greatest, histogram(column.size(), values, all, exact), List.of());
    }

    /** False if time ran out. */
    private boolean look(int size, Magnitudes values, Extent all) {
        long start = nanoTime.getAsLong();
        for (int from = 0; from < size; from += BETWEEN_LOOKS) {
            if (from > 0 && nanoTime.getAsLong() - start > allowanceNanos) {
                return false;
            }
            int to = Math.min(size, from + BETWEEN_LOOKS);
            for (int row = from; row < to; row++) {
                all.take(row, values.at(row));
            }
        }
        return true;
    }

    private static List<Integer> histogram(int size, Magnitudes values, Extent all, boolean exact) {
        if (all.least < 0) {
            return List.of();
        }
        Integer[] bins = new Integer[BINS];
        Arrays.fill(bins, 0);
        double width = (all.max - all.min) / BINS;
        for (int row : spread(size, exact ? HISTOGRAM_SAMPLE : SAMPLE)) {
            double value = values.at(row);
            if (value >= all.min && value <= all.max) {
                int bin = width > 0 ? (int) Math.min(BINS - 1, (value - all.min) / width) : 0;
                bins[bin]++;
            }
        }
        return List.of(bins);
    }

    private ColumnSummary text(Column<?> column) {
        int size = column.size();
        boolean exact = size <= HISTOGRAM_SAMPLE;
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        for (int row : spread(size, exact ? HISTOGRAM_SAMPLE : SAMPLE)) {
            if (column.isMissing(row)) {
                missing++;
            } else {
                counts.merge(String.valueOf((Object) column.get(row)), 1, Integer::sum);
            }
        }
        List<ColumnSummary.Frequent> top = counts.entrySet().stream()
                .map(entry -> new ColumnSummary.Frequent(Shown.visible(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparingInt(ColumnSummary.Frequent::count)
                        .reversed()
                        .thenComparing(ColumnSummary.Frequent::text))
                .limit(TOP)
                .toList();
        List<Integer> bars =
                new ArrayList<>(top.stream().map(ColumnSummary.Frequent::count).toList());
        long all = exact ? missing : scaled(missing, size);
        return new ColumnSummary(column, exact, all, OptionalInt.empty(), OptionalInt.empty(), bars, top);
    }

    private static long scaled(long ofSample, int size) {
        return Math.round((double) ofSample * size / Math.min(size, SAMPLE));
    }

    /** Up to {@code most} rows, evenly spread. */
    private static int[] spread(int size, int most) {
        int[] rows = new int[Math.min(size, most)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) ((long) i * size / rows.length);
        }
        return rows;
    }

    /** Least, greatest and missing of what was seen. */
    private static final class Extent {
        private long missing;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private int least = -1;
        private int greatest = -1;

        void take(int row, double value) {
            if (Double.isNaN(value)) {
                missing++;
                return;
            }
            if (value < min || least < 0) {
                min = value;
                least = row;
            }
            if (value > max || greatest < 0) {
                max = value;
                greatest = row;
            }
        }
    }
}
