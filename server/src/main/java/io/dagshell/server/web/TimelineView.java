package io.dagshell.server.web;

import java.util.List;

/**
 * When the calls of a run were at work, on one axis.
 *
 * @param grouped whether a line stands for all calls of a name
 */
public record TimelineView(List<Tick> ticks, List<Line> lines, boolean grouped) {
    public TimelineView {
        ticks = List.copyOf(ticks);
        lines = List.copyOf(lines);
    }

    /** A mark of the axis. */
    public record Tick(String left, String text) {}

    /**
     * A call, or the calls of one name.
     *
     * @param upstream ordinals of the lines whose results it was given, joined by commas
     * @param words the same as the bars say
     */
    public record Line(
            int ordinal,
            String label,
            int depth,
            String slug,
            String address,
            String upstream,
            String words,
            List<Stretch> stretches) {
        public Line {
            stretches = List.copyOf(stretches);
        }
    }

    /** A time in one state. */
    public record Stretch(String slug, String left, String width, String title) {}
}
