package io.dagshell.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Seconds and megabytes by rows, as SVG that stands on white and on black. */
final class ScalePlot {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;
    private static final int LEFT = 56;
    private static final int TOP = 34;
    private static final int PANEL = LEFT + WIDTH + 44;

    private static final String[] COLOURS = {"#1f6fb2", "#c8781e"};

    private ScalePlot() {}

    /**
     * One run.
     *
     * @param way how it was run; each has its colour
     */
    record Seen(String way, long rows, double seconds, double megabytes) {}

    static String svg(List<Seen> runs) {
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img" \
                aria-label="Seconds and peak megabytes of the streamed job by million rows">
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s%s%s</svg>
                """,
                2 * PANEL,
                TOP + HEIGHT + 72,
                legend(runs),
                panel(0, "seconds, from start to exit", runs, Seen::seconds),
                panel(PANEL, "peak resident MB of the process", runs, Seen::megabytes));
    }

    private static List<String> ways(List<Seen> runs) {
        return runs.stream().map(Seen::way).distinct().toList();
    }

    private static String legend(List<Seen> runs) {
        StringBuilder drawn = new StringBuilder();
        List<String> ways = ways(runs);
        for (int i = 0; i < ways.size(); i++) {
            int x = LEFT + i * PANEL;
            int y = TOP + HEIGHT + 58;
            add(drawn, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", x, y - 4, COLOURS[i]);
            add(drawn, "<text x=\"%d\" y=\"%d\" fill=\"#333\">%s</text>%n", x + 10, y, ways.get(i));
        }
        return drawn.toString();
    }

    private static String panel(int offset, String title, List<Seen> runs, ToDoubleFunction<Seen> value) {
        double most = runs.stream().mapToDouble(Seen::rows).max().orElse(1);
        double step = step(runs.stream().mapToDouble(value).max().orElse(1));
        double top = Math.ceil(runs.stream().mapToDouble(value).max().orElse(1) / step) * step;
        StringBuilder drawn = new StringBuilder();
        add(
                drawn,
                "<g transform=\"translate(%d %d)\" fill=\"#333\"><text y=\"-14\" font-weight=\"bold\">%s</text>%n",
                offset + LEFT,
                TOP,
                title);
        for (double tick = 0; tick <= top; tick += step) {
            double y = HEIGHT - tick / top * HEIGHT;
            add(drawn, "<path d=\"M0 %.1fH%d\" stroke=\"#ddd\"/>", y, WIDTH);
            add(drawn, "<text x=\"-8\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>%n", y + 4, tick);
        }
        for (Seen run : runs) {
            double x = run.rows() / most * WIDTH;
            double y = HEIGHT - value.applyAsDouble(run) / top * HEIGHT;
            add(
                    drawn,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\" fill-opacity=\"0.75\"/>",
                    x,
                    y,
                    COLOURS[ways(runs).indexOf(run.way())]);
            add(
                    drawn,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x,
                    HEIGHT + 18,
                    run.rows() / 1_000_000);
        }
        add(drawn, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">million rows</text></g>%n", WIDTH, HEIGHT + 36);
        return drawn.toString();
    }

    /** Between ticks: 1, 2 or 5 of some power of ten, at most six of them. */
    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most / 6)));
        double parts = most / 6 / power;
        return power * (parts <= 1 ? 1 : parts <= 2 ? 2 : parts <= 5 ? 5 : 10);
    }

    private static void add(StringBuilder drawn, String format, Object... values) {
        drawn.append(String.format(Locale.ROOT, format, values));
    }
}
