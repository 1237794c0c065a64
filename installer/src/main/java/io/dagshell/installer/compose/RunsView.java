package io.dagshell.installer.compose;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.TextLines;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.magics.display.RunDisplay;
import io.dagshell.store.ArtifactRecord;
import io.dagshell.store.KeyWords;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Recorded runs as people see them in a notebook: the latest as a table, one as its display. */
final class RunsView {
    private static final int SHOWN = 20;
    private static final List<String> HEADINGS = List.of("run", "flow", "state", "started", "took", "from");

    private final RunHistory history;
    private final Function<TaskName, Optional<FlowGraph>> graphs;

    RunsView(RunHistory history, Function<TaskName, Optional<FlowGraph>> graphs) {
        this.history = history;
        this.graphs = graphs;
    }

    MimeBundle latest() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        history.runs(SHOWN).forEach(run -> rows.add(row(run)));
        if (rows.size() == 1) {
            return MimeBundle.text("Nothing ran yet.");
        }
        return MimeBundle.text(text(rows)).with(MimeBundle.HTML, html(rows));
    }

    private static List<String> row(RunRecord run) {
        return List.of(
                run.id().toString(),
                run.title(),
                run.state().word(),
                run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                run.finishedAt()
                        .map(end -> TextLines.seconds(Duration.between(run.startedAt(), end)))
                        .orElse(""),
                run.source() + run.resumes().map(id -> " resumes " + id).orElse(""));
    }

    private static String text(List<List<String>> rows) {
        int[] widths = new int[HEADINGS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String html(List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table><thead>");
        for (int i = 0; i < rows.size(); i++) {
            html.append("<tr>");
            String tag = i == 0 ? "th" : "td";
            for (String cell : rows.get(i)) {
                html.append('<').append(tag).append(" style=\"text-align:left\">");
                html.append(escaped(cell)).append("</").append(tag).append('>');
            }
            html.append(i == 0 ? "</tr></thead><tbody>" : "</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static Optional<String> image(ArtifactRecord artifact) {
        return artifact.content()
                .get("image/png")
                .map(png -> "<img alt=\"" + escaped(artifact.name()) + "\" src=\"data:image/png;base64," + escaped(png)
                        + "\">");
    }

    MimeBundle one(RunRecord run) {
        List<RunEvent> events = history.events(run.id());
        FlowGraph graph = graphs.apply(run.flow()).orElse(new FlowGraph(List.of(), List.of()));
        MimeBundle display = RunDisplay.of(events, graph, Clock.systemUTC());
        StringBuilder text = new StringBuilder(display.get(MimeBundle.TEXT).orElse(""));
        text.append("\nrun ").append(run.id());
        run.resumes().ifPresent(id -> text.append(" resumes ").append(id));
        text.append("\nparameters ").append(run.parametersJson());
        run.message().ifPresent(message -> text.append('\n').append(message));
        new KeyWords(history).ofRun(run).forEach(line -> text.append('\n').append(line));
        StringBuilder shown = new StringBuilder();
        for (ArtifactRecord artifact : history.artifacts(run.id())) {
            String plain = artifact.content().get(MimeBundle.TEXT).orElse("");
            text.append("\nartifact ").append(artifact.name()).append(": ").append(plain);
            shown.append("<details><summary>").append(escaped(artifact.name())).append("</summary>");
            shown.append(artifact.content()
                    .get(MimeBundle.HTML)
                    .or(() -> image(artifact))
                    .orElseGet(() -> "<pre>" + escaped(plain) + "</pre>"));
            shown.append("</details>");
        }
        String html = display.get(MimeBundle.HTML).orElse("") + "<pre>"
                + escaped(text.substring(text.indexOf("\nrun ") + 1)) + "</pre>" + shown;
        return MimeBundle.text(text.toString()).with(MimeBundle.HTML, html);
    }
}
