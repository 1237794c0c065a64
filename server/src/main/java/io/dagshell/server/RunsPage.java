package io.dagshell.server;

import io.dagshell.store.RunRecord;
import io.dagshell.store.RunStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code /}: the latest runs, of notebooks too. */
public final class RunsPage implements Routes {
    private static final int MOST = 100;

    private final RunStore runs;
    private final Pages pages;

    RunsPage(RunStore runs, Pages pages) {
        this.runs = runs;
        this.pages = pages;
    }

    @Override
    public void add(RoutesConfig routes) {
        routes.get("/", this::answer);
    }

    private void answer(Context request) {
        pages.show(request, "page/runs.jte", new Shown(runs.runs(MOST)));
    }

    /** What the template gets. */
    public record Shown(List<RunRecord> runs) {}
}
