package io.dagshell.engine.picture;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws a flow's graph as a small static SVG: no script, no style sheet, no outside address; lines and text in the
 * page's own colour, so it reads on light and dark; mapped calls as a stack, subflows with a double frame. Of more than
 * sixty calls, those of a task that are equally far along are one node that says how many.
 */
public final class DagPicture {
    private static final int NODE_HEIGHT = 34;
    private static final int ACROSS_GAP = 18;
    private static final int LAYER_GAP = 46;
    private static final int MARGIN = 8;
    private static final int STACK = 4;
    private static final int LABEL = 28;
    private static final double CHARACTER = 7.3;
    /** Wider than this, the picture runs from top to bottom. */
    private static final int PAGE = 920;

    private final Grouping drawn;
    private final FlowGraph graph;
    private final boolean down;
    private final LayeredLayout layout;
    private final Map<String, Integer> widths = new HashMap<>();
    private final double[] layerStart;
    private final double width;
    private final double height;

    private DagPicture(Grouping drawn, boolean down) {
        this.drawn = drawn;
        this.graph = drawn.graph();
        this.down = down;
        for (FlowGraph.Node node : graph.nodes()) {
            widths.put(node.id(), width(node));
        }
        this.layout = new LayeredLayout(graph, node -> down ? width(node) : NODE_HEIGHT, ACROSS_GAP);
        this.layerStart = layerStarts();
        double along = layerStart[layerStart.length - 1] + 2 * MARGIN + STACK;
        double across = layout.extent() + 2 * MARGIN + STACK;
        this.width = down ? across : along;
        this.height = down ? along : across;
    }

    /** The picture of {@code graph}; empty text for a graph without nodes. */
    public static String svg(FlowGraph graph) {
        return svg(graph, Map.of());
    }

    /**
     * The picture during or after a run.
     *
     * @param states state by id of the node; nodes without one are drawn plain
     */
    public static String svg(FlowGraph graph, Map<String, State> states) {
        return svg(graph, states, Map.of());
    }

    /**
     * The same with notes.
     *
     * @param notes by id of the node: it is drawn dashed, and the note shows where it is pointed at
     */
    public static String svg(FlowGraph graph, Map<String, State> states, Map<String, String> notes) {
        if (graph.nodes().isEmpty()) {
            return "";
        }
        Grouping drawn = Grouping.of(graph, states, notes);
        DagPicture across = new DagPicture(drawn, false);
        return (across.width <= PAGE ? across : new DagPicture(drawn, true)).draw();
    }

    private int width(FlowGraph.Node node) {
        return (int) Math.ceil(label(node).codePointCount(0, label(node).length()) * CHARACTER) + 34;
    }

    private String label(FlowGraph.Node node) {
        Integer calls = drawn.sizes().get(node.id());
        String many = node.mapped() ? " ×n" : calls == null ? "" : " ×" + calls;
        return Markup.shortened(node.task().value(), LABEL) + many;
    }

    /** Where each layer begins along the direction of travel; the last entry is the end of all. */
    private double[] layerStarts() {
        double[] starts = new double[layout.layers().size() + 1];
        double at = 0;
        for (int i = 0; i < layout.layers().size(); i++) {
            starts[i] = at;
            at += down
                    ? NODE_HEIGHT
                    : layout.layers().get(i).stream()
                            .mapToInt(stop -> widths.getOrDefault(stop.id, 0))
                            .max()
                            .orElse(0);
            at += LAYER_GAP;
        }
        starts[starts.length - 1] = at - LAYER_GAP;
        return starts;
    }

    private String draw() {
        StringBuilder svg = new StringBuilder();
        String described = Markup.escape(describe());
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" width=\"%.0f\" height=\"%.0f\""
                        + " viewBox=\"0 0 %.0f %.0f\" style=\"max-width:100%%;height:auto\" fill=\"none\""
                        + " stroke=\"currentColor\" font-family=\"system-ui,sans-serif\" font-size=\"13\">",
                described, width, height, width, height));
        svg.append("<title>").append(described).append("</title>");
        layout.routes().forEach(route -> edge(svg, route));
        graph.nodes().forEach(node -> node(svg, node));
        return svg.append("</svg>").toString();
    }

    /** {@code fetch → clean → load}: the graph in words. */
    private String describe() {
        StringBuilder words = new StringBuilder("DAG: ");
        words.append(String.join(", ", graph.nodes().stream().map(this::label).toList()));
        if (!graph.edges().isEmpty()) {
            words.append("; ");
            words.append(String.join(
                    ", ",
                    graph.edges().stream()
                            .map(edge -> spoken(edge.from()) + " → " + spoken(edge.to()))
                            .toList()));
        }
        return words.toString();
    }

    private String spoken(String id) {
        return graph.nodes().stream()
                .filter(node -> node.id().equals(id) && drawn.sizes().containsKey(id))
                .map(this::label)
                .findFirst()
                .orElse(id);
    }

    private void edge(StringBuilder svg, LayeredLayout.Route route) {
        svg.append("<path stroke-opacity=\".55\" d=\"");
        double[] at = leave(route.stops().get(0));
        svg.append(format("M%.1f %.1f", at[0], at[1]));
        for (int i = 1; i < route.stops().size(); i++) {
            LayeredLayout.Stop stop = route.stops().get(i);
            double[] next = enter(stop);
            curve(svg, at, next);
            at = next;
            if (i < route.stops().size() - 1) {
                at = leave(stop);
                svg.append(format("L%.1f %.1f", at[0], at[1]));
            }
        }
        svg.append("\"/>");
        arrow(svg, at);
    }

    private void curve(StringBuilder svg, double[] from, double[] to) {
        if (down) {
            double middle = (from[1] + to[1]) / 2;
            svg.append(format("C%.1f %.1f %.1f %.1f %.1f %.1f", from[0], middle, to[0], middle, to[0], to[1]));
            return;
        }
        double middle = (from[0] + to[0]) / 2;
        svg.append(format("C%.1f %.1f %.1f %.1f %.1f %.1f", middle, from[1], middle, to[1], to[0], to[1]));
    }

    private void arrow(StringBuilder svg, double[] tip) {
        String shape = down ? "M%.1f %.1fl-4 -7h8z" : "M%.1f %.1fl-7 -4v8z";
        svg.append("<path stroke=\"none\" fill=\"currentColor\" fill-opacity=\".7\" d=\"")
                .append(format(shape, tip[0], tip[1]))
                .append("\"/>");
    }

    /** The point where edges come in: the middle of the near side. */
    private double[] enter(LayeredLayout.Stop stop) {
        double along = MARGIN + layerStart[stop.layer];
        double across = MARGIN + stop.centre();
        return down ? new double[] {across, along} : new double[] {along, across};
    }

    private double[] leave(LayeredLayout.Stop stop) {
        double[] point = enter(stop);
        double length = down
                ? NODE_HEIGHT
                : widths.getOrDefault(stop.id, (int) (layerStart[stop.layer + 1] - layerStart[stop.layer] - LAYER_GAP));
        point[down ? 1 : 0] += length;
        return point;
    }

    private void node(StringBuilder svg, FlowGraph.Node node) {
        LayeredLayout.Stop stop = layout.stop(node.id());
        double[] entry = enter(stop);
        int wide = widths.getOrDefault(node.id(), 0);
        double x = down ? entry[0] - wide / 2.0 : entry[0];
        double y = down ? entry[1] : entry[1] - NODE_HEIGHT / 2.0;
        State state = drawn.states().get(node.id());
        String note =
                drawn.notes().containsKey(node.id()) ? "; " + drawn.notes().get(node.id()) : "";
        svg.append("<g><title>")
                .append(Markup.escape(hover(node, state) + note))
                .append("</title>");
        if (node.mapped() || drawn.sizes().containsKey(node.id())) {
            stack(svg, x + STACK, y + STACK, wide);
        }
        String paint = state == null
                ? " fill=\"currentColor\" fill-opacity=\".06\""
                : " fill=\"" + Mark.of(state).colour() + "\" fill-opacity=\".2\" stroke=\""
                        + Mark.of(state).colour() + "\"";
        box(svg, x, y, wide, paint + (note.isEmpty() ? "" : " stroke-dasharray=\"5 3\""));
        if (node.kind() == Kind.FLOW) {
            svg.append(format(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"4\" stroke-opacity=\".6\"/>",
                    x + 3, y + 3, wide - 6, NODE_HEIGHT - 6));
        }
        String sign = state == null ? "" : Mark.of(state).sign() + " ";
        svg.append(format(
                        "<text stroke=\"none\" fill=\"currentColor\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">",
                        x + wide / 2.0, y + NODE_HEIGHT / 2.0 + 4.5))
                .append(Markup.escape(sign + label(node)))
                .append("</text></g>");
    }

    private String hover(FlowGraph.Node node, @Nullable State state) {
        String kind = node.kind() == Kind.FLOW ? "flow " : "task ";
        Integer calls = drawn.sizes().get(node.id());
        if (calls != null) {
            String telling = drawn.tellings().getOrDefault(node.id(), "");
            return kind + node.task().value() + ", " + calls + " calls" + (telling.isEmpty() ? "" : ": " + telling);
        }
        String mapped = node.mapped() ? ", mapped" : "";
        return kind + node.task().value() + mapped + (state == null ? "" : ": " + state.word());
    }

    /** What shows of a box that lies behind. */
    private static void stack(StringBuilder svg, double x, double y, int wide) {
        svg.append(format(
                "<path stroke-opacity=\".5\" d=\"M%.1f %.1fh%da7 7 0 0 0 7 -7v-%d\"/>",
                x + 3, y + NODE_HEIGHT, wide - 10, NODE_HEIGHT - 10));
    }

    private static void box(StringBuilder svg, double x, double y, int wide, String more) {
        svg.append(format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"7\"%s/>", x, y, wide, NODE_HEIGHT, more));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
