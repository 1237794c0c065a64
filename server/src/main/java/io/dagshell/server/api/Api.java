package io.dagshell.server.api;

import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.server.access.Gate;
import io.dagshell.server.alert.Alerting;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.RunStore;
import io.javalin.config.RoutesConfig;

/** All of {@code /api}. */
public final class Api {
    /** Bytes of a request's body, libraries apart: a folder with a flow of many libraries' names is far below. */
    public static final long LARGEST_BODY = 64L << 20;

    private final DeploymentsApi deployments;
    private final RunsApi runs;
    private final SchedulesApi schedules;
    private final LibrariesApi libraries;
    private final AgentsApi agents;
    private final EventsApi events;
    private final AlertsApi alerts;
    private final BackfillsApi backfills;
    private final AccessApi access;
    private final ApprovalsApi approvals;

    public Api(
            DeploymentServices services,
            RunStore runs,
            LibraryStore libraries,
            ChangeFeed feed,
            Alerting alerting,
            Gate gate) {
        this.deployments = new DeploymentsApi(services);
        this.runs = new RunsApi(services, runs);
        this.schedules = new SchedulesApi(services);
        this.backfills = new BackfillsApi(services);
        this.approvals = new ApprovalsApi(services);
        this.libraries = new LibrariesApi(libraries, services.state().libraries());
        this.agents = new AgentsApi(services, runs);
        this.access = new AccessApi(gate, services.clock());
        this.events = new EventsApi(feed, services.clock());
        this.alerts = new AlertsApi(services.state(), alerting, services.clock());
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        Problems.add(routes);
        Endpoints endpoints = new Endpoints();
        deployments.add(endpoints);
        runs.add(endpoints);
        schedules.add(endpoints);
        backfills.add(endpoints);
        approvals.add(endpoints);
        libraries.add(endpoints);
        agents.add(endpoints);
        alerts.add(endpoints);
        access.add(endpoints);
        endpoints
                .get("/api/events", "States of all runs as they change, as server-sent events.", events::ofAll)
                .header("Last-Event-ID", ApiType.TEXT)
                .content("", "text/event-stream");
        endpoints
                .get("/api/runs/{run}/events", "Which part of a run changed, as server-sent events.", events::ofRun)
                .header("Last-Event-ID", ApiType.TEXT)
                .content("", "text/event-stream")
                .orEmpty();
        endpoints.get(
                "/api/openapi.json",
                "This description.",
                request -> DeploymentsApi.answer(request, OpenApi.describe(endpoints.all())));
        endpoints.add(routes);
        routes.get("/api", request -> request.html(OpenApi.page(endpoints.all())));
    }
}
