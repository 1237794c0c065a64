package io.dagshell.server.web;

import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunHistory;
import io.javalin.config.RoutesConfig;
import java.time.Clock;

/**
 * The pages people see.
 *
 * <pre>{@code
 * Javalin.create(config -> new Dashboard(runs, services, blocks, Clock.systemUTC()).add(config.routes));
 * }</pre>
 */
public final class Dashboard {
    private final RunsPage runs;
    private final RunPage run;
    private final TaskRunPage task;
    private final FlowsPage flows;
    private final BlocksPage blocks;
    private final DeploymentsPage deployments;
    private final QueuesPage queues;

    public Dashboard(RunHistory history, DeploymentServices services, LocalBlocks blocks, Clock clock) {
        Pages pages = new Pages();
        ListedRuns listed = new ListedRuns(history, services.state().list());
        this.runs = new RunsPage(listed, pages, clock);
        this.run = new RunPage(history, services, pages, clock);
        this.task = new TaskRunPage(history, pages);
        this.flows = new FlowsPage(listed, pages, clock);
        this.blocks = new BlocksPage(blocks, pages);
        this.deployments = new DeploymentsPage(services, listed, pages, clock);
        this.queues = new QueuesPage(services.state(), services.signal(), pages);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        routes.get("/assets/{file}", Assets::answer);
        runs.add(routes);
        run.add(routes);
        task.add(routes);
        flows.add(routes);
        blocks.add(routes);
        deployments.add(routes);
        queues.add(routes);
    }
}
