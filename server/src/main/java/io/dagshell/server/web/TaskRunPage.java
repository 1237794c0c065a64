package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.AttemptRecord;
import io.dagshell.store.KeyWords;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.dagshell.store.TaskRunRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /runs/ID/tasks/ORDINAL}: one call, what it was given, its attempts, what the cache said of it. */
public final class TaskRunPage {
    private final RunHistory history;
    private final Pages pages;

    TaskRunPage(RunHistory history, Pages pages) {
        this.history = history;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/runs/{run}/tasks/{ordinal}", request -> find(request).ifPresent(page -> answer(request, page)));
        routes.get(
                "/runs/{run}/tasks/{ordinal}/live",
                request -> find(request).ifPresent(page -> pages.again(request, live(page))));
    }

    private Optional<Found> find(Context request) {
        Optional<RunDetail> detail = id(request.pathParam("run")).flatMap(history::run);
        Optional<Found> found = detail.filter(
                        any -> request.pathParam("ordinal").matches("\\d{1,9}"))
                .flatMap(run -> find(run, Integer.parseInt(request.pathParam("ordinal"))));
        if (found.isEmpty()) {
            pages.missing(request, "There is no such task run", "The run's page lists those there are.");
        }
        return found;
    }

    private static Optional<Found> find(RunDetail detail, int ordinal) {
        Calls calls = new Calls(detail);
        return calls.find(ordinal).map(call -> new Found(detail.run(), calls, call));
    }

    private static Optional<RunId> id(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private record Found(RunRecord run, Calls calls, TaskRunRecord call) {
        int ordinal() {
            return call.call().ordinal();
        }

        TaskRow row(TaskRunRecord other) {
            return new TaskRow(
                    other, 0, "/runs/" + run().id() + "/tasks/" + other.call().ordinal());
        }

        boolean going() {
            return RunPage.going(run()) && !call.status().state().isTerminal();
        }
    }

    private void answer(Context request, Found found) {
        LogsView.Level level = LogsView.Level.parse(Optional.ofNullable(request.queryParam("level")));
        List<ArtifactView> artifacts = ArtifactView.of(
                found.run().id(),
                history.artifacts(found.run().id()).stream()
                        .filter(each -> each.ordinal() == found.ordinal())
                        .toList(),
                RunPage.names(found.calls()));
        pages.show(
                request,
                "page/task.jte",
                new Page(
                        found.run(),
                        found.row(found.call()),
                        live(found),
                        new RunPage.Artifacts(artifacts, artifacts.size()),
                        LogsView.of(
                                history,
                                new LogsView.Wanted(found.run().id(), found.ordinal(), level, -1),
                                found.going(),
                                RunPage.names(found.calls()))));
    }

    private LivePart live(Found found) {
        String base = "/runs/" + found.run().id();
        Going content = new Going(
                found.run(),
                found.row(found.call()),
                found.call().failure().map(any -> FailureView.of(found.call(), base, 0)),
                found.calls().upstream(found.call()).stream().map(found::row).toList(),
                found.calls().downstream(found.ordinal()).stream()
                        .map(found::row)
                        .toList(),
                history.attempts(found.run().id()).stream()
                        .filter(each -> each.ordinal() == found.ordinal())
                        .map(Attempt::new)
                        .toList(),
                new KeyWords(history).ofCall(found.run().id(), found.ordinal()));
        return pages.streamed(
                "task", base + "/tasks/" + found.ordinal() + "/live", found.going(), "part/task.jte", content);
    }

    /** What the page gets. */
    public record Page(RunRecord run, TaskRow task, LivePart live, RunPage.Artifacts artifacts, LogsView logs) {}

    /** What the part that changes gets. */
    public record Going(
            RunRecord run,
            TaskRow task,
            Optional<FailureView> failure,
            List<TaskRow> upstream,
            List<TaskRow> downstream,
            List<Attempt> attempts,
            Optional<KeyWords.News> key) {
        public Going {
            upstream = List.copyOf(upstream);
            downstream = List.copyOf(downstream);
            attempts = List.copyOf(attempts);
        }
    }

    /** One try. */
    public record Attempt(AttemptRecord record) {
        public Optional<Duration> took() {
            return record.startedAt().flatMap(start -> record.finishedAt().map(end -> Duration.between(start, end)));
        }
    }
}
