package io.dagshell.server.web;

import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.RunQuery;
import io.dagshell.store.orchestration.Schedule;
import io.javalin.config.RoutesConfig;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code /deployments}: what is deployed, how its runs went, and when it is due. */
public final class DeploymentsPage {
    private static final int BARS = 24;

    private final DeploymentServices services;
    private final ListedRuns runs;
    private final Pages pages;

    DeploymentsPage(DeploymentServices services, ListedRuns runs, Pages pages) {
        this.services = services;
        this.runs = runs;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/deployments", request -> pages.show(request, "page/deployments.jte", new Page(live())));
        routes.get("/deployments/live", request -> pages.again(request, live()));
    }

    private LivePart live() {
        List<Row> rows =
                services.state().deployments().list().stream().map(this::row).toList();
        return pages.live("deployments", "/deployments/live", true, "part/deployments.jte", new Listed(rows));
    }

    Row row(Deployment deployment) {
        RunQuery own = RunQuery.latest(BARS).withDeployment(deployment.name());
        List<Schedule> schedules = services.state().schedules().of(deployment.name());
        return new Row(
                deployment,
                NamedDeployment.address(deployment),
                schedules,
                FlowsPage.bars(runs.page(own).runs(), BARS));
    }

    /** What the page gets. */
    public record Page(LivePart live) {}

    /** What the part that changes gets. */
    public record Listed(List<Row> rows) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    /** A deployment in the list. */
    public record Row(Deployment deployment, String address, List<Schedule> schedules, List<FlowsPage.RunBar> bars) {
        public Row {
            schedules = List.copyOf(schedules);
            bars = List.copyOf(bars);
        }

        public String name() {
            return deployment.name().value();
        }

        /** The first due instant of all schedules. */
        public Optional<Instant> next() {
            return deployment.paused()
                    ? Optional.empty()
                    : schedules.stream()
                            .flatMap(each -> each.nextDue().stream())
                            .min(Comparator.naturalOrder());
        }
    }
}
