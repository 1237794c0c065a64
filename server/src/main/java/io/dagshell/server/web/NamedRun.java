package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.dagshell.store.orchestration.FlowRun;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Finds the run of an address, in the state that the server knows. Thread-safe. */
final class NamedRun {
    private final RunHistory history;
    private final DeploymentServices services;
    private final Pages pages;

    NamedRun(RunHistory history, DeploymentServices services, Pages pages) {
        this.history = history;
        this.services = services;
        this.pages = pages;
    }

    /** A run with its calls; ids may be cut short as people do. One that has not begun has a page of its own. */
    void find(Context request, BiConsumer<Context, RunDetail> answer) {
        String id = request.pathParam("run");
        List<RunRecord> runs = history.startingWith(id, 2);
        Optional<FlowRun> planned = runs.isEmpty() ? planned(id) : Optional.empty();
        if (planned.isPresent()) {
            pages.show(request, "page/planned.jte", new RunPage.PlannedPage(planned.get(), live(planned.get())));
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
    void record(Context request, Consumer<RunRecord> answer) {
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
    IntFunction<String> namesOf(RunRecord run) {
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
    void plannedAgain(Context request) {
        String id = request.pathParam("run");
        if (!history.startingWith(id, 1).isEmpty()) {
            request.header("HX-Refresh", "true");
            return;
        }
        planned(id).ifPresent(run -> pages.again(request, live(run)));
    }
}
