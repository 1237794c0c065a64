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

    private static final String STYLE = "color:var(--jp-content-font-color1,currentColor);"
            + "background:var(--jp-layout-color1,transparent);overflow-x:auto;max-width:100%";
    private static final String CELL = "text-align:left;padding:.15em .6em;white-space:nowrap";
    private static final String NUMBER =
            "text-align:right;padding:.15em .6em;white-space:nowrap;" + "font-variant-numeric:tabular-nums";
    private static final String QUIET = "font-weight:normal;opacity:.75;";

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
        html.append("\" style=\"").append(STYLE).append("\">\n<table style=\"border-collapse:collapse\">\n<caption>");
        html.append(label).append(note).append("</caption>\n<thead>\n");
        headRow(html, "col", "", summary -> Html.escape(Shown.cut(summary.name(), Shown.LONGEST_CELL)));
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
                    .append("\" style=\"")
                    .append(CELL);
            html.append("\">⋮ ").append(Shown.count(excerpt.skipped())).append(" rows</td></tr>\n");
        }
        excerpt.tail().forEach(row -> dataRow(html, row));
        html.append("</tbody>\n</table>\n");
        hidden(html);
        return html.append("</div>").toString();
    }

    private interface HeadCell {
        String of(ColumnSummary summary);
    }

    private void headRow(StringBuilder html, String scope, String title, HeadCell cell) {
        html.append("<tr><th scope=\"row\" style=\"")
                .append(CELL)
                .append("\">")
                .append(title)
                .append("</th>");
        for (ColumnSummary summary : excerpt.columns()) {
            html.append("<th scope=\"").append(scope).append("\" style=\"").append(style(summary));
            html.append("\">").append(cell.of(summary)).append("</th>");
        }
        html.append("</tr>\n");
    }

    private void row(StringBuilder html, String title, HeadCell cell) {
        html.append("<tr><th scope=\"row\" style=\"")
                .append(QUIET)
                .append(CELL)
                .append("\">")
                .append(title);
        html.append("</th>");
        for (ColumnSummary summary : excerpt.columns()) {
            html.append("<td style=\"").append(QUIET).append(style(summary)).append("\">");
            html.append(cell.of(summary)).append("</td>");
        }
        html.append("</tr>\n");
    }

    private void dataRow(StringBuilder html, int row) {
        html.append("<tr><th scope=\"row\" style=\"")
                .append(QUIET)
                .append(NUMBER)
                .append("\">");
        html.append(row).append("</th>");
        for (ColumnSummary summary : excerpt.columns()) {
            String brief = Shown.brief(summary.column(), row);
            String full = Shown.full(summary.column(), row);
            html.append("<td style=\"").append(style(summary)).append('"');
            if (!full.equals(brief)) {
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

    private static String style(ColumnSummary summary) {
        return Shown.isNumber(summary.column()) ? NUMBER : CELL;
    }
}
