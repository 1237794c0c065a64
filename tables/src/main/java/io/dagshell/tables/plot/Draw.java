package io.dagshell.tables.plot;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.tables.preview.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** The four kinds of plot. Every row counts, but of dots and points of a line only so many are drawn, and that is said. */
public final class Draw {
    private static final int MOST_DOTS = 2_000;
    private static final int MOST_POINTS = 500;
    private static final int MOST_BARS = 12;

    private Draw() {}

    /** How many values fall into each of {@code bins} equal parts of the range. */
    public static MimeBundle histogram(Column<?> column, int bins) {
        Series series = Series.of(column);
        Axis x = series.axis();
        int[] counts = new int[bins];
        int missing = 0;
        for (double value : series.values()) {
            if (Double.isFinite(value)) {
                counts[Math.min(bins - 1, (int) (x.share(value) * bins))]++;
            } else {
                missing++;
            }
        }
        int most = IntStream.of(counts).max().orElse(0);
        Canvas canvas = new Canvas(x, Axis.ofNumbers("rows", 0, Math.max(1, most)));
        double width = (x.greatest() - x.least()) / bins;
        for (int i = 0; i < bins; i++) {
            if (counts[i] > 0) {
                canvas.bar(x.least() + i * width, x.least() + (i + 1) * width, counts[i]);
            }
        }
        String words =
                Shown.count(series.values().length - missing) + " values from " + series.write(x.least()) + " to "
                        + series.write(x.greatest()) + ", " + Shown.count(missing) + " missing; in " + bins + " parts: "
                        + IntStream.of(counts).mapToObj(Shown::count).collect(Collectors.joining(" "));
        return drawn("histogram of " + column.name(), words, canvas, Canvas.Ink.BARS);
    }

    /** A dot per row. */
    public static MimeBundle scatter(Column<?> across, Column<?> up) {
        Series x = Series.of(across);
        Series y = Series.of(up);
        List<double[]> points = points(x, y);
        Canvas canvas = new Canvas(x.axis(), y.axis());
        int step = Math.max(1, (points.size() + MOST_DOTS - 1) / MOST_DOTS);
        for (int i = 0; i < points.size(); i += step) {
            canvas.dot(points.get(i)[0], points.get(i)[1]);
        }
        String words =
                Shown.count(points.size()) + " rows" + (step > 1 ? ", ≈ one of " + step + " drawn" : "") + ranges(x, y);
        return drawn(up.name() + " over " + across.name(), words, canvas, Canvas.Ink.DOTS);
    }

    /** The values of one column along the other; where there are many, the means of groups. */
    public static MimeBundle line(Column<?> across, Column<?> up) {
        Series x = Series.of(across);
        Series y = Series.of(up);
        List<double[]> points = points(x, y);
        points.sort(Comparator.comparingDouble(point -> point[0]));
        int group = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        Canvas canvas = new Canvas(x.axis(), y.axis());
        for (int from = 0; from < points.size(); from += group) {
            List<double[]> part = points.subList(from, Math.min(points.size(), from + group));
            canvas.line(mean(part, 0), mean(part, 1));
        }
        String words = Shown.count(points.size()) + " rows" + (group > 1 ? ", means of " + group + " rows each" : "")
                + ranges(x, y);
        return drawn(up.name() + " along " + across.name(), words, canvas, Canvas.Ink.LINE);
    }

    private static double mean(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).average().orElse(0);
    }

    private static String ranges(Series x, Series y) {
        return "; " + range(x) + "; " + range(y);
    }

    private static String range(Series series) {
        Axis axis = series.axis();
        return series.name() + " from " + series.write(axis.least()) + " to " + series.write(axis.greatest());
    }

    private static List<double[]> points(Series x, Series y) {
        List<double[]> points = new ArrayList<>();
        for (int row = 0; row < x.values().length; row++) {
            if (Double.isFinite(x.values()[row]) && Double.isFinite(y.values()[row])) {
                points.add(new double[] {x.values()[row], y.values()[row]});
            }
        }
        return points;
    }

    /** Rows per value of a column, or the sum of another column; the greatest dozen. */
    public static MimeBundle bar(Column<?> categories, Optional<Column<?>> summed) {
        Optional<Series> amounts = summed.map(Series::of);
        Map<String, Double> totals = new HashMap<>();
        for (int row = 0; row < categories.size(); row++) {
            double amount = amounts.isPresent() ? amounts.get().values()[row] : 1;
            if (Double.isFinite(amount)) {
                totals.merge(name(categories, row), amount, Double::sum);
            }
        }
        List<Map.Entry<String, Double>> top = totals.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_BARS)
                .toList();
        double least = top.stream().mapToDouble(Map.Entry::getValue).min().orElse(0);
        double most = top.stream().mapToDouble(Map.Entry::getValue).max().orElse(1);
        String height = summed.map(column -> "sum of " + column.name()).orElse("rows");
        Canvas canvas = new Canvas(
                Axis.ofNumbers(categories.name(), 0, Math.max(1, top.size())),
                Axis.ofNumbers(height, Math.min(0, least), Math.max(0, most)));
        for (int i = 0; i < top.size(); i++) {
            canvas.bar(i + 0.1, i + 0.9, top.get(i).getValue())
                    .name(i + 0.5, top.get(i).getKey());
        }
        int others = totals.size() - top.size();
        String words = top.stream()
                        .map(each -> Shown.cut(each.getKey(), 20) + " " + Shown.decimal(each.getValue()))
                        .collect(Collectors.joining(", "))
                + (others > 0 ? ", and " + Shown.count(others) + " others" : "");
        return drawn(height + " by " + categories.name(), words, canvas, Canvas.Ink.NAMED_BARS);
    }

    private static String name(Column<?> column, int row) {
        return column.isMissing(row)
                ? Shown.MISSING
                : column instanceof StringColumn text ? text.get(row) : column.getString(row);
    }

    private static MimeBundle drawn(String title, String words, Canvas canvas, Canvas.Ink ink) {
        String label = Shown.visible(title + ": " + words);
        return new Drawing(title, words, canvas.svg(label, ink)).bundle();
    }
}
