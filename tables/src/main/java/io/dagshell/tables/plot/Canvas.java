package io.dagshell.tables.plot;

import io.dagshell.tables.preview.Html;
import io.dagshell.tables.preview.Shown;
import java.util.Locale;

/** The picture under a plot: axes, ticks and one path, in the colour of the text around. */
public final class Canvas {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 80;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 44;
    private static final int LONGEST_LABEL = 60;

    private final StringBuilder marks = new StringBuilder();
    private final StringBuilder path = new StringBuilder();
    private final Axis x;
    private final Axis y;

    Canvas(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    private int left(double value) {
        return (int) Math.round(LEFT + x.share(value) * (WIDTH - LEFT - RIGHT));
    }

    private int top(double value) {
        return (int) Math.round(HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM));
    }

    Canvas bar(double from, double to, double height) {
        int base = top(0);
        int width = Math.max(1, left(to) - left(from) - 1);
        path.append('M').append(left(from)).append(' ').append(base).append('V').append(top(height));
        path.append('h').append(width).append('V').append(base).append('z');
        return this;
    }

    Canvas dot(double atX, double atY) {
        path.append('M').append(left(atX)).append(' ').append(top(atY)).append("h0");
        return this;
    }

    Canvas line(double atX, double atY) {
        path.append(path.length() == 0 ? 'M' : 'L')
                .append(left(atX))
                .append(' ')
                .append(top(atY));
        return this;
    }

    /** Bars have names instead of ticks. */
    Canvas name(double at, String name) {
        text(left(at), HEIGHT - BOTTOM + 16, "middle", Shown.cut(name, 12));
        return this;
    }

    private void text(int atX, int atY, String anchor, String text) {
        marks.append("<text x=\"").append(atX).append("\" y=\"").append(atY);
        marks.append("\" text-anchor=\"").append(anchor).append("\">");
        marks.append(Html.escape(Shown.visible(text))).append("</text>");
    }

    private void axes(boolean named) {
        if (!named) {
            x.ticks()
                    .forEach(tick -> text(
                            left(tick),
                            HEIGHT - BOTTOM + 16,
                            "middle",
                            x.written().apply(tick)));
        }
        y.ticks()
                .forEach(
                        tick -> text(LEFT - 6, top(tick) + 4, "end", y.written().apply(tick)));
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", Shown.cut(x.label(), LONGEST_LABEL));
        marks.append("<g transform=\"rotate(-90 14 160)\">");
        text(14, HEIGHT / 2, "middle", Shown.cut(y.label(), LONGEST_LABEL / 2));
        marks.append("</g>");
    }

    /** The picture; {@code label} is what one hears of it. */
    String svg(String label, Ink ink) {
        axes(ink == Ink.NAMED_BARS);
        String drawn = switch (ink) {
            case BARS, NAMED_BARS -> "fill=\"currentColor\" fill-opacity=\".75\"";
            case LINE -> "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linejoin=\"round\"";
            case DOTS ->
                "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".4\" stroke-width=\"4\" stroke-linecap=\"round\"";
        };
        return String.format(
                Locale.ROOT,
                "<svg role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\">"
                        + "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".5\"/>"
                        + "<path %s d=\"%s\"/>%s</svg>",
                Html.escape(label),
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                LEFT,
                TOP,
                HEIGHT - BOTTOM,
                WIDTH - RIGHT,
                drawn,
                path,
                marks);
    }

    /** How the path is drawn. */
    enum Ink {
        BARS,
        NAMED_BARS,
        LINE,
        DOTS
    }
}
