package io.dagshell.server.web;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.ArtifactRecord;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.dagshell.store.orchestration.FlowRun;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** {@code /runs/ID}: one run, why it failed, when its tasks were at work, what they said and showed. */
public final class RunPage {
    private static final int ARTIFACTS_WITH_CONTENT = 40;

    private final RunHistory history;
    private final DeploymentServices services;
    private final NamedRun named;
    private final Pages pages;
    private final Clock clock;

    RunPage(RunHistory history, DeploymentServices services, NamedRun named, Pages pages, Clock clock) {
        this.history = history;
        this.services = services;
        this.named = named;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/runs/{run}", request -> named.find(request, this::answer));
        routes.get(
                "/runs/{run}/live",
                request -> named.find(
                        request, (again, run) -> pages.again(again, live(again, run.run(), new Calls(run)))));
        routes.get(
                "/runs/{run}/artifacts",
                request -> named.record(request, run -> pages.again(request, artifacts(run, named.namesOf(run)))));
        routes.get("/runs/{run}/artifacts/{ordinal}/{name}", request -> named.find(request, this::artifact));
        routes.get("/runs/{run}/planned", named::plannedAgain);
    }

    private void answer(Context request, RunDetail detail) {
        RunRecord run = detail.run();
        Calls calls = new Calls(detail);
        LogsView.Level level = LogsView.Level.parse(Optional.ofNullable(request.queryParam("level")));
        pages.show(
                request,
                "page/run.jte",
                new Page(
                        run,
                        live(request, run, calls),
                        artifacts(run, names(calls)),
                        LogsView.of(history, new LogsView.Wanted(run.id(), -1, level, -1), going(run), names(calls)),
                        ParameterView.of(run.parametersJson())));
    }

    static boolean going(RunRecord run) {
        return !run.state().isTerminal();
    }

    static IntFunction<String> names(Calls calls) {
        return ordinal ->
                calls.find(ordinal).map(call -> call.call().task().value()).orElse("");
    }

    private LivePart live(Context request, RunRecord run, Calls calls) {
        Instant now = clock.instant();
        TaskTable.Wanted wanted = TaskTable.Wanted.of(request);
        Going content = new Going(
                run,
                history.resumedBy(run.id()),
                services.state().runs().find(run.id()),
                attempts(run),
                ApprovalView.of(services.state().approvals().of(run.id()), going(run)),
                FailureView.of(calls, "/runs/" + run.id(), attemptBegan(run)).filter(failure -> failed(run)),
                new Timeline(run, calls, history.attempts(run.id()), now).view(),
                RunGraphs.of(calls),
                TaskTable.of(run.id(), calls, wanted));
        return pages.streamed(
                "run", "/runs/" + run.id() + "/live" + wanted.query(), going(run), "part/run.jte", content);
    }

    /** Attempts that the run may have, if it may have more than one. */
    private int attempts(RunRecord run) {
        return services.state()
                .runs()
                .find(run.id())
                .map(planned -> Math.max(
                                services.state().runs().retrying(planned).rule().retries(),
                                planned.tries().retried())
                        + 1)
                .orElse(1);
    }

    /** What failed before the latest attempt is mended, or will be told again. */
    private Instant attemptBegan(RunRecord run) {
        return history.attempts(run.id()).stream()
                .filter(attempt -> attempt.ordinal() == 0)
                .flatMap(attempt -> attempt.startedAt().stream())
                .max(java.util.Comparator.naturalOrder())
                .filter(began -> run.state() != State.AWAITING_RETRY)
                .orElse(Instant.EPOCH);
    }

    private static boolean failed(RunRecord run) {
        return run.state() != State.COMPLETED;
    }

    private LivePart artifacts(RunRecord run, IntFunction<String> names) {
        List<ArtifactRecord> all = history.artifacts(run.id());
        List<ArtifactView> shown =
                ArtifactView.of(run.id(), all.subList(0, Math.min(ARTIFACTS_WITH_CONTENT, all.size())), names);
        return pages.streamed(
                "artifacts",
                "/runs/" + run.id() + "/artifacts",
                going(run),
                "part/artifacts.jte",
                new Artifacts(shown, all.size()));
    }

    /** A document of its own that may run nothing, load nothing and reach nothing. */
    private void artifact(Context request, RunDetail detail) {
        Optional<String> html = history.artifacts(detail.run().id()).stream()
                .filter(each -> String.valueOf(each.ordinal()).equals(request.pathParam("ordinal"))
                        && each.name().equals(request.pathParam("name")))
                .findFirst()
                .flatMap(each -> each.content().get(MimeBundle.HTML));
        if (html.isEmpty()) {
            pages.missing(request, "There is no such artifact", "The run's page lists those there are.");
            return;
        }
        request.header(
                "Content-Security-Policy",
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'");
        request.html("<!doctype html><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">"
                + "<title>Artifact</title><style>body{margin:10px;font:14px/1.45 system-ui,sans-serif}</style>"
                + html.get());
    }

    /** What the page gets. */
    public record Page(
            RunRecord run, LivePart live, LivePart artifacts, LogsView logs, List<ParameterView> parameters) {
        public Page {
            parameters = List.copyOf(parameters);
        }
    }

    /** What the page of a run gets that has not begun. */
    public record PlannedPage(FlowRun run, LivePart live) {}

    /** What calls showed; {@code total} may be more than are shown. */
    public record Artifacts(List<ArtifactView> shown, int total) {
        public Artifacts {
            shown = List.copyOf(shown);
        }
    }

    /** What the part that changes gets. */
    public record Going(
            RunRecord run,
            Optional<RunRecord> resumedBy,
            Optional<FlowRun> planned,
            int attempts,
            List<ApprovalView> approvals,
            Optional<FailureView> failure,
            TimelineView timeline,
            List<RunGraphs.Picture> graphs,
            TaskTable tasks) {
        public Going {
            graphs = List.copyOf(graphs);
            approvals = List.copyOf(approvals);
        }

        /** Which attempt of how many, if there may be more than one. */
        public Optional<String> attempt() {
            return planned.filter(run -> attempts > 1)
                    .map(run -> "attempt " + (run.tries().retried() + 1) + " of " + attempts);
        }

        /** Whether a question waits for its answer. */
        public boolean asks() {
            return approvals.stream().anyMatch(ApprovalView::open);
        }

        /** When the next attempt may begin. */
        public Optional<Instant> next() {
            return planned.filter(run -> run.status().state() == State.AWAITING_RETRY)
                    .flatMap(run -> run.status().leaseUntil());
        }

        /** How long it took; empty while it goes on. */
        public Optional<Duration> took() {
            return run.finishedAt().map(end -> Duration.between(run.startedAt(), end));
        }

        /** How to go on where it stopped, as a person types it; empty if there is nothing to go on with. */
        public Optional<String> resume() {
            if (planned.isPresent()) {
                return Optional.empty();
            }
            boolean stopped = run.state().isTerminal() && run.state() != State.COMPLETED;
            if (!stopped || resumedBy.isPresent() || run.kind() != Kind.FLOW) {
                return Optional.empty();
            }
            String notebook = run.source().replaceFirst("\\[\\d+]$", "");
            return Optional.of(
                    run.origin().equals("notebook") || notebook.isEmpty()
                            ? "%resume " + run.id()
                            : "dagshell run " + notebook + ":" + run.flow() + " --resume " + run.id());
        }

        /** Whether it can go on where it stopped, by a button. */
        public boolean resumable() {
            return planned.isPresent()
                    && run.state().isTerminal()
                    && run.state() != State.COMPLETED
                    && resumedBy.isEmpty();
        }

        public boolean cancellable() {
            return planned.isPresent()
                    && !planned.get().status().state().isTerminal()
                    && planned.get().status().state() != State.CANCELLING;
        }

        /** An id as it is shown. */
        public String brief(RunId id) {
            return Shown.shortId(id.toString());
        }
    }
}
