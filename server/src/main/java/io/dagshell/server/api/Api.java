package io.dagshell.server.api;

import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.RunStore;
import io.javalin.config.RoutesConfig;

/** All of {@code /api}. */
public final class Api {
    private final DeploymentsApi deployments;
    private final RunsApi runs;
    private final SchedulesApi schedules;
    private final LibrariesApi libraries;
    private final AgentsApi agents;
    private final EventsApi events;

    public Api(DeploymentServices services, RunStore runs, LibraryStore libraries, ChangeFeed feed) {
        this.deployments = new DeploymentsApi(services);
        this.runs = new RunsApi(services, runs);
        this.schedules = new SchedulesApi(services);
        this.libraries = new LibrariesApi(libraries);
        this.agents = new AgentsApi(services, runs);
        this.events = new EventsApi(feed);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        Problems.add(routes);
        deployments.add(routes);
        runs.add(routes);
        schedules.add(routes);
        libraries.add(routes);
        agents.add(routes);
        routes.get("/api/events", events::ofAll);
        routes.get("/api/runs/{run}/events", events::ofRun);
    }
}
