package io.dagshell.server.web;

import io.dagshell.store.LogQuery;
import io.dagshell.store.PlacedLog;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.IntFunction;

/** The lines of a run: those that came since, and all of a level as a text to read or to keep. */
final class RunLogs {
    private final RunHistory history;
    private final NamedRun named;
    private final Pages pages;

    RunLogs(RunHistory history, NamedRun named, Pages pages) {
        this.history = history;
        this.named = named;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/runs/{run}/logs", request -> named.record(request, run -> more(request, run)));
        routes.get("/runs/{run}/log.txt", request -> named.find(request, this::whole));
    }

    private void more(Context request, RunRecord run) {
        LogsView more = LogsView.of(
                history,
                new LogsView.Wanted(
                        run.id(),
                        (int) number(request, "ordinal"),
                        level(request),
                        Math.max(0, number(request, "after"))),
                RunPage.going(run),
                named.namesOf(run));
        if (more.lines().isEmpty() && more.going()) {
            request.status(204);
            return;
        }
        pages.show(request, "part/moreLogs.jte", more);
    }

    private void whole(Context request, RunDetail detail) {
        IntFunction<String> names = RunPage.names(new Calls(detail));
        LogQuery query = LogQuery.last(detail.run().id(), Integer.MAX_VALUE)
                .ofCall((int) number(request, "ordinal"))
                .ofLevels(level(request).levels());
        StringBuilder text = new StringBuilder();
        history.logs(query).forEach(each -> append(text, each, names));
        if (request.queryParam("download") != null) {
            String name = detail.run().flow().value() + "-" + detail.run().id() + ".log";
            request.header("Content-Disposition", "attachment; filename*=UTF-8''" + Shown.encoded(name));
        }
        request.contentType("text/plain; charset=utf-8");
        request.result(text.toString());
    }

    private static void append(StringBuilder text, PlacedLog each, IntFunction<String> names) {
        text.append(each.line().at())
                .append(' ')
                .append(each.line().level())
                .append(' ')
                .append(names.apply(each.line().ordinal()))
                .append(": ")
                .append(each.line().text())
                .append('\n');
    }

    private static LogsView.Level level(Context request) {
        return LogsView.Level.parse(Optional.ofNullable(request.queryParam("level")));
    }

    private static long number(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(-1L);
    }
}
