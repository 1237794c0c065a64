package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.Backfilling;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.BackfillId;
import io.dagshell.store.orchestration.BackfillInstant;
import io.dagshell.store.orchestration.BackfillPlan;
import io.dagshell.store.orchestration.BackfillSpec;
import io.dagshell.store.orchestration.BackfillSpec.Pace;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Rerun;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/backfills}: ranges of the past that are run. */
final class BackfillsApi {
    private static final String OF = "/api/deployments/{name}/backfills";
    private static final String ONE = "/api/backfills/{backfill}";
    private static final int LATEST = 100;
    private static final int PAGE = 1_000;
    private static final int SHOWN = 10_000;

    private final DeploymentServices services;

    BackfillsApi(DeploymentServices services) {
        this.services = services;
    }

    void add(Endpoints endpoints) {
        range(endpoints.post(OF, "Begins to run all instants of a range.", this::begin))
                .takes("idempotencyKey", ApiType.TEXT)
                .takes("createdBy", ApiType.TEXT)
                .gives(Answers.BACKFILL)
                .status(201)
                .refuses(409);
        range(endpoints.post(OF + "/preview", "What a backfill would run; nothing is kept.", this::preview))
                .gives("toRun", ApiType.COUNT)
                .gives("instants", ApiType.INSTANTS)
                .gives("leftOut", ApiType.listOf(Answers.LEFT_OUT));
        endpoints
                .get(OF, "Backfills of a deployment, the latest first.", this::list)
                .gives("backfills", ApiType.listOf(Answers.BACKFILL));
        endpoints
                .get("/api/backfills", "Backfills that are not over.", this::going)
                .gives("backfills", ApiType.listOf(Answers.BACKFILL));
        endpoints.get(ONE, "One backfill and how far it is.", this::show).gives(Answers.BACKFILL);
        endpoints
                .get(ONE + "/instants", "Its instants and their runs, in the order they are run.", this::instants)
                .query("after", ApiType.number("a whole number from -1", -1, Integer.MAX_VALUE - 1))
                .gives("instants", ApiType.listOf(Answers.BACKFILL_INSTANT));
        endpoints
                .patch(ONE, "Pauses it or lets it go on, or changes how many run at once.", this::change)
                .takes("paused", ApiType.FLAG)
                .takes("limit", ApiType.LIMIT)
                .gives(Answers.BACKFILL)
                .refuses(409);
        endpoints
                .post(ONE + "/cancel", "Ends it, and its runs unless 'keepRunning'.", this::cancel)
                .takes("reason", ApiType.TEXT)
                .takes("keepRunning", ApiType.FLAG)
                .gives(Answers.BACKFILL);
    }

    private static Endpoint range(Endpoint endpoint) {
        return SchedulesApi.rule(endpoint.needs("from", Answers.MOMENT)
                        .takes("to", Answers.MOMENT)
                        .takes("schedule", ApiType.TEXT))
                .takes("parameters", ApiType.OBJECT)
                .takes("texts", ApiType.TEXTS_BY_NAME)
                .takes("rerun", Answers.RERUN)
                .takes("limit", ApiType.LIMIT)
                .takes("newestFirst", ApiType.FLAG)
                .takes("stopAfter", ApiType.COUNT)
                .takes("queue", ApiType.TEXT);
    }

    private BackfillSpec spec(Context request) {
        RequestBody body = RequestBody.of(request);
        Pace plain = Pace.defaults();
        return services.backfilling()
                .spec(new Backfilling.Request(
                        name(request),
                        body.required("from"),
                        body.text("to"),
                        body.text("schedule"),
                        SchedulesApi.hasRule(body) ? Optional.of(SchedulesApi.timing(body)) : Optional.empty(),
                        body.object("parameters").orElseGet(ApiJson::object),
                        body.map("texts"),
                        body.text("rerun")
                                .map(word -> Rerun.valueOf(word.toUpperCase(Locale.ROOT)))
                                .orElse(Rerun.NONE),
                        new Pace(
                                body.number("limit").orElse(plain.atOnce()),
                                body.flag("newestFirst").orElse(plain.newestFirst()),
                                body.number("stopAfter").orElse(plain.stopAfter()),
                                body.text("queue"))));
    }

    private static DeploymentName name(Context request) {
        return new DeploymentName(request.pathParam("name"));
    }

    private static BackfillId id(Context request) {
        return BackfillId.parse(request.pathParam("backfill"));
    }

    private void begin(Context request) {
        RequestBody body = RequestBody.of(request);
        Backfill begun = services.backfilling()
                .begin(
                        spec(request),
                        Actor.of(request).or(body.text("createdBy").orElse("api")),
                        body.text("idempotencyKey"));
        request.status(201);
        DeploymentsApi.answer(request, json(begun));
    }

    private void preview(Context request) {
        BackfillPlan plan = services.backfilling().plan(spec(request));
        List<Instant> toRun = plan.toRun();
        ObjectNode answer = ApiJson.object().put("toRun", toRun.size());
        answer.set("instants", ApiJson.texts(toRun.stream().limit(SHOWN).toList()));
        ArrayNode leftOut = answer.putArray("leftOut");
        plan.leftOut()
                .forEach((reason, instants) ->
                        leftOut.addObject().put("reason", reason).put("instants", instants));
        DeploymentsApi.answer(request, answer);
    }

    private void list(Context request) {
        services.state().deployments().show(name(request));
        answer(request, services.state().backfills().of(name(request), LATEST));
    }

    private void going(Context request) {
        answer(request, services.state().backfills().going());
    }

    private static void answer(Context request, List<Backfill> backfills) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "backfills",
                ApiJson.array(backfills.stream().map(BackfillsApi::json).toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void show(Context request) {
        DeploymentsApi.answer(request, json(services.state().backfills().show(id(request))));
    }

    private void instants(Context request) {
        services.state().backfills().show(id(request));
        int after = Optional.ofNullable(request.queryParam("after"))
                .map(Integer::valueOf)
                .orElse(-1);
        ObjectNode answer = ApiJson.object();
        answer.set(
                "instants",
                ApiJson.array(services.state().backfills().instants(id(request), after + 1, PAGE).stream()
                        .map(BackfillsApi::json)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void change(Context request) {
        RequestBody body = RequestBody.of(request);
        DeploymentsApi.answer(
                request, json(services.backfilling().change(id(request), body.flag("paused"), body.number("limit"))));
    }

    private void cancel(Context request) {
        RequestBody body = RequestBody.of(request);
        DeploymentsApi.answer(
                request,
                json(services.backfilling()
                        .cancel(
                                id(request),
                                body.text("reason").orElse("cancelled by way of the API"),
                                body.flag("keepRunning").orElse(false))));
    }

    private static ObjectNode json(Backfill backfill) {
        BackfillSpec spec = backfill.spec();
        ObjectNode node = ApiJson.object().put("id", backfill.id().toString());
        node.put("deployment", spec.deployment().value());
        ApiJson.put(node, "schedule", spec.schedule());
        ApiJson.timing(node, spec.pattern().timing());
        node.set("parameters", ApiJson.json(spec.pattern().parametersJson()));
        node.put("from", spec.from().toString()).put("to", spec.to().toString());
        node.put("rerun", spec.rerun().name().toLowerCase(Locale.ROOT));
        node.put("limit", spec.pace().atOnce()).put("newestFirst", spec.pace().newestFirst());
        node.put("stopAfter", spec.pace().stopAfter());
        ApiJson.put(node, "queue", spec.pace().queue());
        node.put("state", backfill.state().word());
        ApiJson.put(node, "reason", backfill.reason());
        node.put("createdBy", backfill.createdBy());
        node.put("created", backfill.createdAt().toString());
        ApiJson.put(node, "finished", backfill.finishedAt());
        Backfill.Counts counts = backfill.counts();
        return node.put("waiting", counts.waiting())
                .put("active", counts.active())
                .put("completed", counts.completed())
                .put("failed", counts.failed())
                .put("cancelled", counts.cancelled())
                .put("leftOut", counts.leftOut())
                .put("forgotten", counts.forgotten());
    }

    private static ObjectNode json(BackfillInstant instant) {
        ObjectNode node = ApiJson.object().put("place", instant.place());
        node.put("due", instant.due().toString());
        node.put("state", instant.state().name().toLowerCase(Locale.ROOT));
        ApiJson.put(node, "reason", instant.reason());
        ApiJson.put(node, "run", instant.run());
        instant.runState().ifPresent(state -> node.put("runState", state.word()));
        return node;
    }
}
