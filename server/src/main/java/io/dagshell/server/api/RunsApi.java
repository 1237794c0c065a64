package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.LogQuery;
import io.dagshell.store.PlacedLog;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.RunPage;
import io.dagshell.store.orchestration.RunQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/runs}: one run with its tasks, its log, and what may be done to it. */
final class RunsApi {
    private static final String ONE = "/api/runs/{run}";
    private static final int MOST_LINES = 1_000;
    private static final int PAGE = 50;
    private final DeploymentServices services;
    private final RunHistory history;

    RunsApi(DeploymentServices services, RunHistory history) {
        this.services = services;
        this.history = history;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/runs", this::list);
        routes.get(ONE, this::show);
        routes.get(ONE + "/logs", this::logs);
        routes.post(ONE + "/cancel", this::cancel);
        routes.post(ONE + "/retry", request -> again(request, false));
        routes.post(ONE + "/resume", request -> again(request, true));
        routes.post(ONE + "/pause", this::pause);
    }

    /** Newest first; {@code next} of a page is {@code after} of the following one. */
    private void list(Context request) {
        RunPage page = services.state().list().page(query(request));
        ObjectNode answer = ApiJson.object();
        answer.set(
                "runs", ApiJson.array(page.runs().stream().map(ApiJson::listed).toList()));
        page.next().ifPresent(place -> answer.put("next", place.toString()));
        DeploymentsApi.answer(request, answer);
    }

    private static RunQuery query(Context request) {
        RunQuery query = RunQuery.latest(
                request.queryParamAsClass("limit", Integer.class).getOrDefault(PAGE));
        query = query.withStates(
                request.queryParams("state").stream().map(AgentsApi::state).toList());
        String flow = request.queryParam("flow");
        String deployment = request.queryParam("deployment");
        String text = request.queryParam("text");
        String after = request.queryParam("after");
        query = flow == null ? query : query.withFlow(flowName(flow));
        query = deployment == null ? query : query.withDeployment(new DeploymentName(deployment));
        query = text == null ? query : query.withText(text);
        return after == null ? query : query.from(RunQuery.Place.parse(after));
    }

    private static TaskName flowName(String flow) {
        try {
            return new TaskName(flow);
        } catch (IllegalArgumentException noName) {
            throw RequestBody.wrong("flow", "the name of a flow");
        }
    }

    private void show(Context request) {
        RunId id = id(request);
        Optional<FlowRun> ordered = services.state().runs().find(id);
        Optional<RunDetail> detail = history.run(id);
        if (ordered.isEmpty() && detail.isEmpty()) {
            throw new NotFoundResponse("There is no run " + id + ".");
        }
        ObjectNode answer = detail.map(known -> ApiJson.run(known.run())).orElseGet(ApiJson::object);
        ordered.ifPresent(run -> answer.setAll(ApiJson.run(run)));
        answer.set(
                "tasks",
                ApiJson.array(detail.map(RunDetail::tasks).orElse(List.of()).stream()
                        .map(ApiJson::task)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    /** Lines behind {@code after}, oldest first. */
    private void logs(Context request) {
        long after = request.queryParamAsClass("after", Long.class).getOrDefault(0L);
        List<PlacedLog> lines = history.logs(new LogQuery(id(request), after, -1, Set.of(), MOST_LINES, false));
        ObjectNode answer = ApiJson.object();
        answer.set("lines", ApiJson.array(lines.stream().map(ApiJson::log).toList()));
        answer.put("next", lines.isEmpty() ? after : lines.get(lines.size() - 1).position());
        DeploymentsApi.answer(request, answer);
    }

    private void cancel(Context request) {
        RequestBody body = RequestBody.of(request, "reason");
        FlowRun run = services.state()
                .runs()
                .requestCancel(id(request), body.text("reason").orElse("cancelled by request"));
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    private void again(Context request, boolean resume) {
        RequestBody body = RequestBody.of(request, "createdBy");
        String who = body.text("createdBy").orElse("api");
        FlowRun run = resume
                ? services.ordering().resume(id(request), who)
                : services.ordering().retry(id(request), who);
        request.status(201);
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    private void pause(Context request) {
        RequestBody body = RequestBody.of(request, "paused");
        FlowRun run =
                services.state().runs().pause(id(request), body.flag("paused").orElse(true));
        services.signal().give();
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    static RunId id(Context request) {
        try {
            return RunId.parse(request.pathParam("run"));
        } catch (IllegalArgumentException noId) {
            throw new NotFoundResponse("There is no run " + request.pathParam("run") + ".");
        }
    }
}
