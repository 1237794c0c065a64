package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.LogQuery;
import io.dagshell.store.PlacedLog;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.RunPage;
import io.dagshell.store.orchestration.RunQuery;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnprocessableContentResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/runs}: one run with its tasks, its log, and what may be done to it. */
final class RunsApi {
    private static final String ONE = "/api/runs/{run}";
    private static final int MOST_LINES = 1_000;
    private static final int PAGE = 50;
    private static final ApiType PAGE_SIZE = ApiType.number("a whole number from 1 to 1000", 1, 1_000);
    private final DeploymentServices services;
    private final RunHistory history;

    RunsApi(DeploymentServices services, RunHistory history) {
        this.services = services;
        this.history = history;
    }

    void add(Endpoints endpoints) {
        endpoints
                .get("/api/runs", "Runs, newest first; next of a page is after of the following one.", this::list)
                .query("limit", PAGE_SIZE)
                .query("state", ApiType.STATES)
                .query("flow", ApiType.TEXT)
                .query("deployment", ApiType.TEXT)
                .query("text", ApiType.TEXT)
                .query("after", ApiType.TEXT)
                .gives("runs", ApiType.listOf(Answers.LISTED_RUN))
                .mayGive("next", ApiType.TEXT);
        endpoints.get(ONE, "One run with its tasks.", this::show).gives(Answers.RUN_DETAIL);
        endpoints
                .get(ONE + "/logs", "Lines of its log behind a position, oldest first.", this::logs)
                .query("after", ApiType.PLACE)
                .gives("lines", ApiType.listOf(Answers.LINE))
                .gives("next", ApiType.PLACE);
        endpoints
                .post(ONE + "/cancel", "Asks a run to stop.", this::cancel)
                .takes("reason", ApiType.TEXT)
                .gives(Answers.RUN);
        endpoints
                .post(ONE + "/retry", "Orders the run anew.", request -> again(request, false))
                .takes("createdBy", ApiType.TEXT)
                .gives(Answers.RUN)
                .status(201)
                .refuses(409);
        endpoints
                .post(
                        ONE + "/resume",
                        "Orders a run that goes on where this one stopped, or at a task and what follows it.",
                        request -> again(request, true))
                .takes("from", ApiType.TEXT)
                .takes("createdBy", ApiType.TEXT)
                .gives(Answers.RUN)
                .status(201)
                .refuses(409);
        endpoints
                .post(ONE + "/pause", "Holds a run that waits, or lets it go on.", this::pause)
                .takes("paused", ApiType.FLAG)
                .gives(Answers.RUN)
                .refuses(409);
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
        RunQuery query = RunQuery.latest((int) number(request, "limit", PAGE));
        query = query.withStates(request.queryParams("state").stream()
                .map(word -> State.ofWord(word).orElseThrow())
                .toList());
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
            throw new UnprocessableContentResponse("No flow is named '" + flow + "'.");
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
        services.state().runs().retriesOf(id).stream()
                .findFirst()
                .ifPresent(again -> answer.put("retriedBy", again.id().toString()));
        answer.set(
                "approvals",
                ApiJson.array(services.state().approvals().of(id).stream()
                        .map(ApiJson::approval)
                        .toList()));
        answer.set(
                "tasks",
                ApiJson.array(detail.map(RunDetail::tasks).orElse(List.of()).stream()
                        .map(ApiJson::task)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    /** Lines behind {@code after}, oldest first. */
    private void logs(Context request) {
        long after = number(request, "after", 0);
        List<PlacedLog> lines = history.logs(new LogQuery(id(request), after, -1, Set.of(), MOST_LINES, false));
        ObjectNode answer = ApiJson.object();
        answer.set("lines", ApiJson.array(lines.stream().map(ApiJson::log).toList()));
        answer.put("next", lines.isEmpty() ? after : lines.get(lines.size() - 1).position());
        DeploymentsApi.answer(request, answer);
    }

    private void cancel(Context request) {
        RequestBody body = RequestBody.of(request);
        FlowRun run = services.state()
                .runs()
                .requestCancel(id(request), body.text("reason").orElse("cancelled by request"));
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    private void again(Context request, boolean resume) {
        RequestBody body = RequestBody.of(request);
        String who = Actor.of(request).or(body.text("createdBy").orElse("api"));
        FlowRun run = resume ? resume(request, body, who) : services.ordering().retry(id(request), who);
        request.status(201);
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    private FlowRun resume(Context request, RequestBody body, String who) {
        RunId run = id(request);
        try {
            return body.text("from")
                    .map(task -> services.ordering().resumeFrom(run, task, who))
                    .orElseGet(() -> services.ordering().resume(run, who));
        } catch (ParameterException noTask) {
            throw new UnprocessableContentResponse(String.valueOf(noTask.getMessage()));
        }
    }

    private void pause(Context request) {
        RequestBody body = RequestBody.of(request);
        FlowRun run =
                services.state().runs().pause(id(request), body.flag("paused").orElse(true));
        services.signal().give();
        DeploymentsApi.answer(request, ApiJson.run(run));
    }

    private static long number(Context request, String name, long otherwise) {
        String text = request.queryParam(name);
        return text == null ? otherwise : Long.parseLong(text);
    }

    static RunId id(Context request) {
        try {
            return RunId.parse(request.pathParam("run"));
        } catch (IllegalArgumentException noId) {
            throw new NotFoundResponse("There is no run " + request.pathParam("run") + ".");
        }
    }
}
