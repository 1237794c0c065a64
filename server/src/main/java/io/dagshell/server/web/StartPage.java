package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.Agent;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.RunQuery;
import io.dagshell.store.orchestration.Schedule;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /}: what a person looks at in the morning: what failed, what is late, what comes next, who is at work. */
public final class StartPage {
    private static final int FAILURES = 5;
    private static final int ROWS = 6;
    /** How far back a failure is still news. */
    private static final Duration NEWS = Duration.ofDays(7);

    private final DeploymentServices services;
    private final ListedRuns runs;
    private final LatestFailures failures;
    private final Pages pages;
    private final Clock clock;

    StartPage(RunHistory history, DeploymentServices services, ListedRuns runs, Pages pages, Clock clock) {
        this.services = services;
        this.runs = runs;
        this.failures = new LatestFailures(history);
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/", request -> pages.show(request, "page/start.jte", new Page(span(request), live(request))));
        routes.get("/start/live", request -> pages.again(request, live(request)));
    }

    /** A day, unless the address says another. */
    private static Span span(Context request) {
        return Optional.ofNullable(request.queryParam("span")).map(Span::parse).orElse(Span.DAY);
    }

    private LivePart live(Context request) {
        Span span = span(request);
        return pages.live("start", "/start/live?span=" + span.slug(), true, "part/start.jte", now(span));
    }

    private Now now(Span span) {
        Instant now = clock.instant();
        Optional<Instant> earliest = runs.list().earliest();
        Window window = Window.of(span, earliest.orElse(now), now);
        Bars bars =
                Bars.of(runs.list().bars(RunQuery.latest(1), window.from(), window.ahead(), window.width()), window);
        List<Deployment> deployments = services.state().deployments().list();
        return new Now(
                bars,
                chips(bars, span),
                failures.of(latest(FAILURES, now.minus(NEWS), State.FAILED, State.CRASHED)),
                latest(ROWS, Instant.EPOCH, State.RUNNING, State.AWAITING_RETRY, State.CANCELLING),
                latest(ROWS, Instant.EPOCH, State.LATE),
                next(deployments),
                services.state().backfills().going(),
                services.state().approvals().waiting(),
                services.state().agents().list(),
                earliest.isEmpty() && deployments.isEmpty());
    }

    private static List<RunsPage.Chip> chips(Bars bars, Span span) {
        return Arrays.stream(StateGroup.values())
                .map(group -> new RunsPage.Chip(
                        group,
                        Shown.count(bars.totals().getOrDefault(group, 0)),
                        false,
                        "/runs?span=" + span.slug() + "&state=" + group.slug()))
                .toList();
    }

    private List<ListedRun> latest(int most, Instant from, State... states) {
        return runs.page(RunQuery.latest(most).since(from).withStates(List.of(states)))
                .runs();
    }

    /** What is due next of all schedules that are on. */
    private List<Due> next(List<Deployment> deployments) {
        return deployments.stream()
                .filter(deployment -> !deployment.paused())
                .flatMap(this::dues)
                .sorted(Comparator.comparing(Due::at))
                .limit(ROWS)
                .toList();
    }

    private Stream<Due> dues(Deployment deployment) {
        return services.state().schedules().of(deployment.name()).stream()
                .flatMap(schedule -> schedule.nextDue().map(at -> new Due(at, deployment, schedule)).stream());
    }

    /** What the page gets. */
    public record Page(Span span, LivePart live) {
        public List<Span> spans() {
            return Arrays.asList(Span.values());
        }
    }

    /** When a schedule makes its next run. */
    public record Due(Instant at, Deployment deployment, Schedule schedule) {
        public String address() {
            return NamedDeployment.address(deployment);
        }
    }

    /**
     * What the part that changes gets.
     *
     * @param failed the latest that failed or crashed, newest first
     * @param empty whether nothing ran and nothing is deployed
     */
    public record Now(
            Bars bars,
            List<RunsPage.Chip> chips,
            List<LatestFailures.Failed> failed,
            List<ListedRun> running,
            List<ListedRun> late,
            List<Due> next,
            List<Backfill> backfills,
            List<AskedApproval> approvals,
            List<Agent> agents,
            boolean empty) {
        public Now {
            chips = List.copyOf(chips);
            failed = List.copyOf(failed);
            running = List.copyOf(running);
            late = List.copyOf(late);
            next = List.copyOf(next);
            backfills = List.copyOf(backfills);
            approvals = List.copyOf(approvals);
            agents = List.copyOf(agents);
        }

        public long alive() {
            return agents.stream().filter(Agent::alive).count();
        }

        /** Agents that report, first; of those that do not, the ones heard of last. */
        public List<Agent> shown() {
            return agents.stream()
                    .sorted(Comparator.comparing(Agent::alive)
                            .thenComparing(Agent::lastHeartbeat)
                            .reversed())
                    .limit(ROWS)
                    .toList();
        }
    }
}
