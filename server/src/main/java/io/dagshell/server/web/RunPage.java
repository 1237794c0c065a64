package io.dagshell.server.web;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.ArtifactRecord;
import io.dagshell.store.LogQuery;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/** {@code /runs/ID}: one run, why it failed, when its tasks were at work, what they said and showed. */
public final class RunPage {
    private static final int ARTIFACTS_WITH_CONTENT = 40;

    private final RunHistory history;
    private final DeploymentServices services;
    private final Pages pages;
    private final Clock clock;

    RunPage(RunHistory history, DeploymentServices services, Pages pages, Clock clock) {
        this.history = history;
        this.services = services;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/runs/{run}", request -> found(request, this::answer));
        routes.get(
                "/runs/{run}/live",
                request -> found(request, (again, run) -> pages.again(again, live(again, run.run(), new Calls(run)))));
        routes.get(
                "/runs/{run}/artifacts",
                request -> record(request, run -> pages.again(request, artifacts(run, namesOf(run)))));
        routes.get("/runs/{run}/artifacts/{ordinal}/{name}", request -> found(request, this::artifact));
        routes.get("/runs/{run}/logs", request -> record(request, run -> logs(request, run)));
        routes.get("/runs/{run}/log.txt", request -> found(request, this::wholeLog));
        routes.get("/runs/{run}/planned", this::plannedAgain);
        routes.post(
                "/runs/{run}/cancel",
                request ->
                        act(request, run -> services.state().runs().requestCancel(run, "Asked for on the dashboard.")));
        routes.post(
                "/runs/{run}/retry",
                request -> act(request, run -> services.ordering().retry(run, "dashboard")));
        routes.post(
                "/runs/{run}/resume",
                request -> act(request, run -> services.ordering().resume(run, "dashboard")));
        routes.post(
                "/runs/{run}/pause",
                request -> act(
                        request,
                        run -> services.state().runs().pause(run, "true".equals(request.formParam("paused")))));
    }

    /** The run of the address; ids may be cut short as people do. */
    private void found(Context request, BiConsumer<Context, RunDetail> answer) {
        String id = request.pathParam("run");
        List<RunRecord> runs = history.startingWith(id, 2);
        Optional<FlowRun> planned = runs.isEmpty() ? planned(id) : Optional.empty();
        if (planned.isPresent()) {
            pages.show(request, "page/planned.jte", new PlannedPage(planned.get(), live(planned.get())));
            return;
        }
        if (runs.size() != 1) {
            pages.missing(
                    request,
                    runs.isEmpty() ? "There is no run " + id : "More than one run begins with " + id,
                    runs.isEmpty()
                            ? "It may have been deleted, or be in another home folder."
                            : "Write more of its id.");
            return;
        }
        RunId found = runs.get(0).id();
        Optional<FlowRun> order = services.state().runs().find(found);
        history.run(found).ifPresent(run -> answer.accept(request, DeployedRuns.told(run, order)));
    }

    /** For parts that need not read all calls of a run; the address has its whole id. */
    private void record(Context request, Consumer<RunRecord> answer) {
        Optional<RunId> id = id(request.pathParam("run"));
        Optional<RunRecord> found = id.flatMap(history::find);
        if (found.isEmpty()) {
            pages.missing(request, "There is no such run", "It may have been deleted.");
            return;
        }
        RunRecord run = found.get();
        answer.accept(services.state()
                .runs()
                .find(run.id())
                .map(order -> DeployedRuns.told(run, order.status()))
                .orElse(run));
    }

    private static Optional<RunId> id(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException cutShort) {
            return Optional.empty();
        }
    }

    /** Names of those calls that are asked for, each read once. */
    private IntFunction<String> namesOf(RunRecord run) {
        Map<Integer, String> known = new HashMap<>();
        return ordinal -> known.computeIfAbsent(
                ordinal,
                any -> history.names(run.id(), List.of(any)).values().stream()
                        .findFirst()
                        .map(TaskName::value)
                        .orElse(""));
    }

    /** A run of a deployment, which may not have begun. */
    private Optional<FlowRun> planned(String id) {
        return id(id).flatMap(services.state().runs()::find);
    }

    private LivePart live(FlowRun planned) {
        return pages.live(
                "planned",
                "/runs/" + planned.id() + "/planned",
                !planned.status().state().isTerminal(),
                "part/planned.jte",
                planned);
    }

    /** Once it has begun, the browser goes to the page of what happens in it. */
    private void plannedAgain(Context request) {
        String id = request.pathParam("run");
        if (!history.startingWith(id, 1).isEmpty()) {
            request.header("HX-Refresh", "true");
            return;
        }
        planned(id).ifPresent(run -> pages.again(request, live(run)));
    }

    private void act(Context request, Function<RunId, FlowRun> action) {
        String id = request.pathParam("run");
        try {
            request.redirect("/runs/" + action.apply(RunId.parse(id)).id(), HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "Go back, and look at its state now.");
            request.status(409);
        } catch (IllegalArgumentException none) {
            pages.missing(request, "There is no run " + id, "The page of runs lists those there are.");
        }
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
                FailureView.of(calls, "/runs/" + run.id()),
                new Timeline(run, calls, history.attempts(run.id()), now).view(),
                RunGraphs.of(calls),
                TaskTable.of(run.id(), calls, wanted));
        return pages.streamed(
                "run", "/runs/" + run.id() + "/live" + wanted.query(), going(run), "part/run.jte", content);
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

    private void logs(Context request, RunRecord run) {
        LogsView more = LogsView.of(
                history,
                new LogsView.Wanted(
                        run.id(),
                        (int) number(request, "ordinal"),
                        LogsView.Level.parse(Optional.ofNullable(request.queryParam("level"))),
                        Math.max(0, number(request, "after"))),
                going(run),
                namesOf(run));
        if (more.lines().isEmpty() && more.going()) {
            request.status(204);
            return;
        }
        pages.show(request, "part/moreLogs.jte", more);
    }

    private void wholeLog(Context request, RunDetail detail) {
        IntFunction<String> names = names(new Calls(detail));
        int ordinal = (int) number(request, "ordinal");
        StringBuilder text = new StringBuilder();
        history.logs(LogQuery.last(detail.run().id(), Integer.MAX_VALUE).ofCall(ordinal))
                .forEach(each -> text.append(each.line().at())
                        .append(' ')
                        .append(each.line().level())
                        .append(' ')
                        .append(names.apply(each.line().ordinal()))
                        .append(": ")
                        .append(each.line().text())
                        .append('\n'));
        request.contentType("text/plain; charset=utf-8");
        request.result(text.toString());
    }

    private static long number(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(-1L);
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
            Optional<FailureView> failure,
            TimelineView timeline,
            List<RunGraphs.Picture> graphs,
            TaskTable tasks) {
        public Going {
            graphs = List.copyOf(graphs);
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
