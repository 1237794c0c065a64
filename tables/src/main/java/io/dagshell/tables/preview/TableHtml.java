package io.dagshell.tables.preview;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An excerpt as one static HTML table of at most 64 KB: no script, no address of another place, readable without its
 * style, and by ear. What does not fit is left out in this order: histograms, last rows, columns; the caption says so.
 */
final class TableHtml {
    static final int MOST_BYTES = 64 * 1024;

    private static final String REGION = "color:var(--jp-content-font-color1,currentColor);"
            + "background:var(--jp-layout-color1,transparent);overflow-x:auto;max-width:100%";
    private static final String TABLE =
            "border-collapse:collapse;white-space:nowrap;text-align:right;" + "font-variant-numeric:tabular-nums";
    /** Numbers are aligned right by the table; this is for the rest. */
    private static final String LEFT = " style=\"text-align:left\"";

    private static final String RIGHT = " style=\"text-align:right\"";
    private static final String QUIET = "<tr style=\"opacity:.75\">";
    private static final String PLAIN_HEAD = "<th scope=\"row\" style=\"font-weight:normal;text-align:left\">";

    private final Excerpt excerpt;
    private final boolean histograms;
    private final String note;

    private TableHtml(Excerpt excerpt, boolean histograms, String note) {
        this.excerpt = excerpt;
        this.histograms = histograms;
        this.note = note;
    }

    static String render(Excerpt excerpt) {
        String html = new TableHtml(excerpt, true, "").html();
        if (fits(html)) {
            return html;
        }
        html = new TableHtml(excerpt, false, "; histograms left out").html();
        if (fits(html)) {
            return html;
        }
        Excerpt less = excerpt.withoutTail();
        html = new TableHtml(less, false, "; histograms and last rows left out").html();
        for (int columns = less.columns().size() - 1; columns > 0 && !fits(html); columns--) {
            html = new TableHtml(less.withColumns(columns), false, "; histograms, last rows and columns left out")
                    .html();
        }
        return html;
    }

    private static boolean fits(String html) {
        return html.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    private String html() {
        StringBuilder html = new StringBuilder();
        String label = Html.escape(excerpt.caption());
        html.append("<div role=\"region\" tabindex=\"0\" aria-label=\"").append(label);
        html.append("\" style=\"")
                .append(REGION)
                .append("\">\n<table cellpadding=\"4\" style=\"")
                .append(TABLE);
        html.append("\">\n<caption")
                .append(LEFT)
                .append('>')
                .append(label)
                .append(note)
                .append("</caption>\n<thead>\n");
        names(html);
        row(html, "type", summary -> Html.escape(Shown.type(summary.column())));
        row(html, "missing", summary -> Html.escape(summary.missingShown()));
        row(html, "range", summary -> Html.escape(summary.rangeShown()));
        if (histograms) {
            row(html, "values", Histogram::svg);
        }
        html.append("</thead>\n<tbody>\n");
        excerpt.head().forEach(row -> dataRow(html, row));
        if (excerpt.skipped() > 0) {
            html.append("<tr><td colspan=\"")
                    .append(excerpt.columns().size() + 1)
                    .append('"')
                    .append(LEFT);
            html.append(">⋮ ").append(Shown.count(excerpt.skipped())).append(" rows</td></tr>\n");
        }
        excerpt.tail().forEach(row -> dataRow(html, row));
        html.append("</tbody>\n</table>\n");
        hidden(html);
        return html.append("</div>").toString();
    }

    private interface HeadCell {
        String of(ColumnSummary summary);
    }

    private void names(StringBuilder html) {
        html.append("<tr><td></td>");
        for (ColumnSummary summary : excerpt.columns()) {
            html.append("<th scope=\"col\"")
                    .append(Shown.isNumber(summary.column()) ? RIGHT : LEFT)
                    .append('>');
            html.append(Html.escape(Shown.cut(summary.name(), Shown.LONGEST_CELL)))
                    .append("</th>");
        }
        html.append("</tr>\n");
    }

    private void row(StringBuilder html, String title, HeadCell cell) {
        html.append(QUIET).append(PLAIN_HEAD).append(title).append("</th>");
        for (ColumnSummary summary : excerpt.columns()) {
            html.append("<td")
                    .append(align(summary))
                    .append('>')
                    .append(cell.of(summary))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private void dataRow(StringBuilder html, int row) {
        html.append("<tr>").append(PLAIN_HEAD).append(row).append("</th>");
        for (ColumnSummary summary : excerpt.columns()) {
            String brief = Shown.brief(summary.column(), row);
            String full = Shown.full(summary.column(), row);
            html.append("<td").append(align(summary));
            if (!full.equals(brief) && !full.equals(brief + ".0")) {
                html.append(" title=\"")
                        .append(Html.escape(Shown.cut(full, Shown.LONGEST_TITLE)))
                        .append('"');
            }
            html.append('>').append(Html.escape(brief)).append("</td>");
        }
        html.append("</tr>\n");
    }

    private void hidden(StringBuilder html) {
        List<String> names = excerpt.hidden();
        if (!names.isEmpty()) {
            String named =
                    names.stream().limit(200).map(name -> Shown.cut(name, 40)).collect(Collectors.joining(", "));
            html.append("<p>").append(names.size()).append(" columns not shown (after the first ");
            html.append(excerpt.before()).append("): ").append(Html.escape(named));
            html.append(names.size() > 200 ? ", …" : "").append("</p>\n");
        }
    }

    private static String align(ColumnSummary summary) {
        return Shown.isNumber(summary.column()) ? "" : LEFT;
    }
}
