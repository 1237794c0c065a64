package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.engine.picture.Mark;
import io.dagshell.engine.picture.Markup;
import java.util.List;

/** A run as static HTML: reads on light and dark, and as a plain table where styles and pictures are stripped. */
final class RunHtml {
    private static final List<String> HEADINGS = List.of("task", "state", "attempt", "time", "result", "cache");
    private static final String CELL = " style=\"text-align:left;padding:2px 10px 2px 0\"";
    private static final String NUMBER = " style=\"text-align:right;padding:2px 10px 2px 0;white-space:nowrap\"";

    private RunHtml() {}

    static String render(RunPicture run) {
        StringBuilder html = new StringBuilder(2_000);
        html.append("<div class=\"dagshell-run\" data-run=\"")
                .append(Markup.escape(run.run()))
                .append("\" style=\"font-family:system-ui,sans-serif;font-size:13px;overflow-x:auto\">");
        if (!run.svg().isEmpty()) {
            html.append("<div>").append(run.svg()).append("</div>");
        }
        html.append("<table style=\"border-collapse:collapse;margin:4px 0;font-size:inherit;color:inherit\">");
        caption(html, run);
        if (!run.rows().isEmpty()) {
            table(html, run);
        }
        html.append("</table>");
        run.failure().ifPresent(failure -> failure(html, failure));
        return html.append(run.artifactsHtml()).append("</div>").toString();
    }

    private static void caption(StringBuilder html, RunPicture run) {
        html.append("<caption style=\"text-align:left;caption-side:top;padding:2px 0;white-space:nowrap\"><b>")
                .append(Markup.escape(run.title()))
                .append("</b> ");
        state(html, Mark.of(run.state()), run.state().word());
        html.append(run.complete() ? " in " : ", ")
                .append(Amounts.time(run.took()))
                .append("</caption>");
    }

    private static void table(StringBuilder html, RunPicture run) {
        boolean attempts = run.rows().stream().anyMatch(row -> !row.attempt().isEmpty());
        html.append("<thead><tr>");
        for (String heading : HEADINGS) {
            if (attempts || !heading.equals("attempt")) {
                html.append("<th scope=\"col\"")
                        .append(heading.equals("time") ? NUMBER : CELL)
                        .append('>')
                        .append(heading)
                        .append("</th>");
            }
        }
        html.append("</tr></thead><tbody>");
        for (RunPicture.Row row : run.rows()) {
            row(html, row, attempts);
        }
        html.append("</tbody>");
    }

    private static void row(StringBuilder html, RunPicture.Row row, boolean attempts) {
        html.append("<tr><th scope=\"row\" style=\"text-align:left;font-weight:normal;padding:2px 10px 2px ")
                .append(16 * Math.min(row.depth(), 12))
                .append("px\">")
                .append(Markup.escape(row.name()))
                .append("</th><td")
                .append(CELL)
                .append('>');
        state(html, Mark.of(row.state()), row.stateText());
        html.append("</td>");
        if (attempts) {
            cell(html, CELL, row.attempt());
        }
        cell(html, NUMBER, row.time());
        cell(html, CELL, row.result());
        cell(html, CELL, row.cache());
        html.append("</tr>");
    }

    private static void cell(StringBuilder html, String style, String text) {
        html.append("<td").append(style).append('>').append(Markup.escape(text)).append("</td>");
    }

    private static void state(StringBuilder html, Mark mark, String word) {
        html.append("<span style=\"color:")
                .append(mark.colour())
                .append("\">")
                .append(mark.sign())
                .append("</span> ")
                .append(Markup.escape(word));
    }

    private static void failure(StringBuilder html, RunEvent.TaskFailed failure) {
        html.append("<div style=\"border-left:3px solid ")
                .append(Mark.of(io.dagshell.engine.model.State.FAILED).colour())
                .append(";padding:2px 8px\"><b>")
                .append(Markup.escape(simpleName(failure.exception())))
                .append("</b>: ")
                .append(Markup.escape(Markup.shortened(failure.message(), 500)));
        if (!failure.location().isEmpty()) {
            html.append("<br>at <code>")
                    .append(Markup.escape(failure.location()))
                    .append("</code>");
        }
        html.append("</div>");
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
