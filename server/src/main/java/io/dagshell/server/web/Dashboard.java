package io.dagshell.server.web;

import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunHistory;
import io.javalin.config.RoutesConfig;
import java.time.Clock;

/**
 * The pages people see.
 *
 * <pre>{@code
 * Javalin.create(config -> new Dashboard(runs, blocks, Clock.systemUTC()).add(config.routes));
 * }</pre>
 */
public final class Dashboard {
    private final RunsPage runs;
    private final RunPage run;
    private final TaskRunPage task;
    private final FlowsPage flows;
    private final BlocksPage blocks;

    public Dashboard(RunHistory history, LocalBlocks blocks, Clock clock) {
        Pages pages = new Pages();
        this.runs = new RunsPage(history, pages, clock);
        this.run = new RunPage(history, pages, clock);
        this.task = new TaskRunPage(history, pages);
        this.flows = new FlowsPage(history, pages);
        this.blocks = new BlocksPage(blocks, pages);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        routes.get("/assets/{file}", Assets::answer);
        runs.add(routes);
        run.add(routes);
        task.add(routes);
        flows.add(routes);
        blocks.add(routes);
    }
}
