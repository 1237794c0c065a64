package io.dagshell.server.web;

import io.dagshell.store.RunHistory;
import io.javalin.config.RoutesConfig;
import java.time.Clock;

/**
 * The pages people see.
 *
 * <pre>{@code
 * Javalin.create(config -> new Dashboard(runs, Clock.systemUTC()).add(config.routes));
 * }</pre>
 */
public final class Dashboard {
    private final RunsPage runs;

    public Dashboard(RunHistory history, Clock clock) {
        Pages pages = new Pages();
        this.runs = new RunsPage(history, pages, clock);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        routes.get("/assets/{file}", Assets::answer);
        runs.add(routes);
    }
}
