package io.dagshell.tables.preview;

import io.dagshell.tables.column.InParallel;
import io.dagshell.tables.column.TextCodes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * Looks at columns within a budget of time: at every row where that fits, otherwise at rows spread evenly over all.
 * Columns share the budget, so that a slow one does not take it from the others.
 */
final class Summaries {
    static final int BINS = 20;

    private static final int TOP = 12;
    private static final int BLOCK = 1 << 12;
    private static final int SAMPLE = 20_000;
    /** Text is looked at as codes, which takes some ten milliseconds for a million rows. */
    private static final int MOST_TEXTS = 2_000_000;

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
        if (values.isPresent()) {
            return ordered(column, values.get());
        }
        return column instanceof StringColumn text && text.size() <= MOST_TEXTS ? text(text) : sampled(column);
    }

    private ColumnSummary ordered(Column<?> column, Magnitudes values) {
        int size = column.size();
        double[] block = new double[BLOCK];
        Extent all = new Extent();
        boolean exact = look(size, values, block, all);
        Extent seen = exact ? all : sample(size, values, block);
        return new ColumnSummary(
                column,
                exact,
                exact ? seen.missing() : scaled(seen.missing(), size),
                seen.isEmpty() ? OptionalInt.empty() : OptionalInt.of(seen.least()),
                seen.isEmpty() ? OptionalInt.empty() : OptionalInt.of(seen.greatest()),
                histogram(size, values, seen, block),
                List.of());
    }

    /** False if time ran out. */
    private boolean look(int size, Magnitudes values, double[] block, Extent all) {
        long start = nanoTime.getAsLong();
        for (int from = 0; from < size; from += BLOCK) {
            if (from > 0 && nanoTime.getAsLong() - start > allowanceNanos) {
                return false;
            }
            int count = Math.min(BLOCK, size - from);
            values.read(from, count, block);
            all.take(block, count, from);
        }
        return true;
    }

    private static Extent sample(int size, Magnitudes values, double[] block) {
        Extent seen = new Extent();
        for (int row : spread(size)) {
            values.read(row, 1, block);
            seen.take(block, 1, row);
        }
        return seen;
    }

    private static List<Integer> histogram(int size, Magnitudes values, Extent extent, double[] block) {
        if (extent.isEmpty()) {
            return List.of();
        }
        int[] bins = new int[BINS];
        double width = (extent.max() - extent.min()) / BINS;
        for (int row : spread(size)) {
            values.read(row, 1, block);
            double value = block[0];
            if (value >= extent.min() && value <= extent.max()) {
                bins[width > 0 ? (int) Math.min(BINS - 1, (value - extent.min()) / width) : 0]++;
            }
        }
        return Arrays.stream(bins).boxed().toList();
    }

    private static ColumnSummary text(StringColumn column) {
        TextCodes codes = TextCodes.of(column);
        int[] counts = new int[codes.texts().length];
        int missing = 0;
        for (int row = 0; row < codes.size(); row++) {
            int code = codes.codes()[row];
            if (code == TextCodes.MISSING) {
                missing++;
            } else {
                counts[code]++;
            }
        }
        List<ColumnSummary.Frequent> all = IntStream.range(0, counts.length)
                .mapToObj(code -> new ColumnSummary.Frequent(codes.texts()[code], counts[code]))
                .toList();
        return categories(column, true, missing, all);
    }

    private static ColumnSummary sampled(Column<?> column) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        for (int row : spread(column.size())) {
            if (column.isMissing(row)) {
                missing++;
            } else {
                counts.merge(String.valueOf((Object) column.get(row)), 1, Integer::sum);
            }
        }
        List<ColumnSummary.Frequent> all = counts.entrySet().stream()
                .map(entry -> new ColumnSummary.Frequent(entry.getKey(), entry.getValue()))
                .toList();
        return categories(column, column.size() <= SAMPLE, scaled(missing, column.size()), all);
    }

    private static ColumnSummary categories(
            Column<?> column, boolean exact, long missing, List<ColumnSummary.Frequent> all) {
        List<ColumnSummary.Frequent> top = all.stream()
                .sorted(Comparator.comparingInt(ColumnSummary.Frequent::count)
                        .reversed()
                        .thenComparing(ColumnSummary.Frequent::text))
                .limit(TOP)
                .map(each -> new ColumnSummary.Frequent(Shown.visible(each.text()), each.count()))
                .toList();
        List<Integer> bars = top.stream().map(ColumnSummary.Frequent::count).toList();
        return new ColumnSummary(column, exact, missing, OptionalInt.empty(), OptionalInt.empty(), bars, top);
    }

    private static long scaled(long ofSample, int size) {
        return Math.round((double) ofSample * size / Math.max(1, Math.min(size, SAMPLE)));
    }

    /** Rows evenly spread over all. */
    private static int[] spread(int size) {
        int[] rows = new int[Math.min(size, SAMPLE)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) ((long) i * size / rows.length);
        }
        return rows;
    }
}
