package io.dagshell.server.web;

import io.dagshell.server.alert.Alerting;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunHistory;
import io.javalin.config.RoutesConfig;
import java.time.Clock;

/**
 * The pages people see.
 *
 * <pre>{@code
 * Javalin.create(config -> new Dashboard(runs, services, blocks, alerting, database.clock()).add(config.routes));
 * }</pre>
 */
public final class Dashboard {
    private final Questions questions;
    private final StartPage start;
    private final RunsPage runs;
    private final RunPage run;
    private final RunLogs logs;
    private final RunActions actions;
    private final TaskRunPage task;
    private final FlowsPage flows;
    private final BlocksPage blocks;
    private final DeploymentsPage deployments;
    private final DeploymentPage deployment;
    private final OrderPage order;
    private final ApprovalPage approvals;
    private final EditPage edit;
    private final BackfillPage backfill;
    private final QueuesPage queues;
    private final AlertsPage alerts;

    public Dashboard(
            RunHistory history, DeploymentServices services, LocalBlocks blocks, Alerting alerting, Clock clock) {
        Pages pages = new Pages();
        this.questions = new Questions(pages);
        ListedRuns listed = new ListedRuns(history, services.state().list());
        this.start = new StartPage(history, services, listed, pages, clock);
        this.runs = new RunsPage(listed, pages, clock);
        NamedRun namedRun = new NamedRun(history, services, pages);
        this.run = new RunPage(history, services, namedRun, pages, clock);
        this.logs = new RunLogs(history, namedRun, pages);
        this.actions = new RunActions(services, pages);
        this.task = new TaskRunPage(history, pages);
        this.flows = new FlowsPage(listed, pages, clock);
        this.blocks = new BlocksPage(blocks, pages);
        NamedDeployment named = new NamedDeployment(services.state()::deployments, pages);
        this.deployments = new DeploymentsPage(services, listed, pages);
        this.deployment = new DeploymentPage(services, deployments, named, pages, clock);
        this.order = new OrderPage(services, named, pages);
        this.approvals = new ApprovalPage(services, pages);
        this.edit = new EditPage(services, named, pages);
        this.backfill = new BackfillPage(services, named, pages, clock);
        this.queues = new QueuesPage(services.state(), services.signal(), pages);
        this.alerts = new AlertsPage(services.state(), alerting, pages, clock);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        routes.before(questions::ask);
        routes.get("/assets/{file}", Assets::answer);
        start.add(routes);
        runs.add(routes);
        run.add(routes);
        logs.add(routes);
        actions.add(routes);
        task.add(routes);
        flows.add(routes);
        blocks.add(routes);
        deployments.add(routes);
        deployment.add(routes);
        order.add(routes);
        approvals.add(routes);
        edit.add(routes);
        backfill.add(routes);
        queues.add(routes);
        alerts.add(routes);
    }
}
