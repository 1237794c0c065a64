package io.dagshell.tables.preview;

import java.util.List;
import java.util.stream.Collectors;

/** The counts of a summary as a small picture: one path, bars in the colour of the text, the numbers in its label. */
final class Histogram {
    private static final int BAR = 4;
    private static final int HEIGHT = 24;

    private Histogram() {}

    static String svg(ColumnSummary summary) {
        List<Integer> counts = summary.bins();
        int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (most == 0) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            int height = counts.get(i) == 0 ? 0 : Math.max(1, Math.round((float) HEIGHT * counts.get(i) / most));
            if (height > 0) {
                path.append('M')
                        .append(i * BAR)
                        .append(' ')
                        .append(HEIGHT)
                        .append('v')
                        .append(-height);
                path.append('h').append(BAR - 1).append('v').append(height).append('z');
            }
        }
        int width = counts.size() * BAR;
        return "<svg role=\"img\" aria-label=\"" + Html.escape(label(summary)) + "\" width=\"" + width + "\" height=\""
                + HEIGHT + "\" viewBox=\"0 0 " + width + " " + HEIGHT + "\"><path fill=\"currentColor\" d=\"" + path
                + "\"/></svg>";
    }

    private static String label(ColumnSummary summary) {
        if (summary.top().isEmpty()) {
            return "counts from least to greatest: "
                    + summary.bins().stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return summary.top().stream()
                .map(each -> Shown.cut(each.text(), 20) + " " + each.count())
                .collect(Collectors.joining(", "));
    }
}
