package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.parameter.RetryDelayText;
import io.dagshell.server.access.Actor;
import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.Ordering;
import io.dagshell.server.deploy.Revising;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSettings;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.Retrying;
import io.javalin.http.Context;
import io.javalin.http.UnprocessableContentResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** {@code /api/deployments}: apply, list, show, roll back, pause, and order a run. */
final class DeploymentsApi {
    private static final String ONE = "/api/deployments/{name}";
    private final DeploymentServices services;

    DeploymentsApi(DeploymentServices services) {
        this.services = services;
    }

    void add(Endpoints endpoints) {
        endpoints
                .post(
                        "/api/deployments",
                        "Applies the files of a folder, each as base64; 422 if a newer DagShell built it in a format that the"
                                + " server does not understand.",
                        this::apply)
                .needs("files", ApiType.TEXTS_BY_NAME)
                .takes("replace", ApiType.FLAG)
                .gives(Answers.DEPLOYMENT)
                .status(201)
                .refuses(409);
        endpoints
                .post(
                        "/api/deployments/check",
                        "Whether the files of a folder would be applied, before libraries are sent for it; keeps nothing.",
                        this::check)
                .needs("files", ApiType.TEXTS_BY_NAME)
                .takes("replace", ApiType.FLAG)
                .status(204)
                .refuses(409);
        endpoints
                .get("/api/deployments", "All deployments.", this::list)
                .gives("deployments", ApiType.listOf(Answers.DEPLOYMENT));
        endpoints
                .get(ONE, "One deployment with its flow and schedules.", this::show)
                .gives(Answers.DEPLOYMENT_DETAIL);
        endpoints
                .patch(
                        ONE,
                        "Makes a version with other parameters or another limit; 409 if 'version' is not the current one.",
                        this::revise)
                .needs("version", ApiType.TEXT)
                .takes("parameters", ApiType.OBJECT)
                .takes("texts", ApiType.TEXTS_BY_NAME)
                .takes("concurrency", ApiType.LIMIT)
                .takes("pauseAfterFailures", ApiType.LIMIT)
                .takes("retries", ApiType.COUNT)
                .takes("retryDelays", ApiType.TEXT)
                .takes("retryWhen", ApiType.TEXTS)
                .gives(Answers.DEPLOYMENT)
                .refuses(409);
        endpoints.delete(ONE, "Removes a deployment.", this::remove).refuses(409);
        endpoints
                .get(ONE + "/versions", "Its versions.", this::versions)
                .gives("versions", ApiType.listOf(Answers.VERSION));
        endpoints
                .get(ONE + "/versions/{version}/files/{file}", "A file of a version.", this::file)
                .content("", "application/octet-stream");
        endpoints
                .post(ONE + "/rollback", "Makes an earlier version the current one.", this::rollback)
                .needs("version", ApiType.TEXT)
                .gives(Answers.DEPLOYMENT);
        endpoints
                .post(ONE + "/pause", "Pauses its schedules, or lets them go on.", this::pause)
                .takes("paused", ApiType.FLAG)
                .gives(Answers.DEPLOYMENT);
        endpoints
                .post(ONE + "/runs", "Orders a run; with the same idempotencyKey once only.", this::order)
                .takes("parameters", ApiType.OBJECT)
                .takes("texts", ApiType.TEXTS_BY_NAME)
                .takes("due", ApiType.INSTANT)
                .takes("queue", ApiType.TEXT)
                .takes("idempotencyKey", ApiType.TEXT)
                .takes("createdBy", ApiType.TEXT)
                .gives(Answers.RUN)
                .status(201);
    }

    /** {@code {"files": {"deployment.yaml": "base64", …}, "replace": false}}. */
    private void apply(Context request) {
        RequestBody body = RequestBody.of(request);
        Deployment applied =
                services.applying().apply(files(body), body.flag("replace").orElse(false));
        AuditTrail.about(request, applied.name().value());
        request.status(201);
        answer(request, ApiJson.deployment(applied));
    }

    private void check(Context request) {
        RequestBody body = RequestBody.of(request);
        services.applying().require(files(body), body.flag("replace").orElse(false));
        request.status(204);
    }

    private static FolderFiles files(RequestBody body) {
        Map<String, byte[]> files = new HashMap<>();
        body.map("files").forEach((name, text) -> {
            try {
                files.put(name, Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException damaged) {
                throw new UnprocessableContentResponse("The file '" + name + "' is no base64.");
            }
        });
        return FolderFiles.of(files);
    }

    private void list(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "deployments",
                ApiJson.array(services.state().deployments().list().stream()
                        .map(ApiJson::deployment)
                        .toList()));
        answer(request, answer);
    }

    private void show(Context request) {
        Deployment deployment = services.state().deployments().show(name(request));
        ObjectNode answer = ApiJson.deployment(deployment);
        answer.setAll(ApiJson.flow(services.manifests().of(deployment.current())));
        services.manifests()
                .howToRun(deployment.name(), deployment.current().version())
                .memory()
                .ifPresent(memory -> answer.put("memory", memory));
        answer.set(
                "schedules",
                ApiJson.array(services.state().schedules().of(deployment.name()).stream()
                        .map(ApiJson::schedule)
                        .toList()));
        answer(request, answer);
    }

    /**
     * {@code {"version": "…", "parameters": {"year": 2022, "month": null}, "concurrency": null}}: what is not there stays
     * as it is; null is the flow's default, or no limit.
     */
    private void revise(Context request) {
        RequestBody body = RequestBody.of(request);
        String former = body.required("version");
        Deployment deployment = services.state().deployments().show(name(request));
        DeploymentSettings settings = deployment.current().settings();
        OptionalInt limit = given(body, "concurrency", settings.concurrency());
        OptionalInt failures = given(body, "pauseAfterFailures", settings.pauseAfterFailures());
        Map<String, Optional<String>> texts = new LinkedHashMap<>();
        body.map("texts").forEach((name, text) -> texts.put(name, Optional.of(text)));
        Revising.Request edit = new Revising.Request(
                deployment.name(),
                former,
                texts,
                body.object("parameters").orElseGet(ApiJson::object),
                limit,
                failures,
                retries(body));
        answer(request, ApiJson.deployment(services.revising().revise(edit)));
    }

    /** Null is what the flow's header says. */
    private static Revising.Retries retries(RequestBody body) {
        Optional<String> number = named(body, "retries").map(JsonNode::asText);
        Optional<String> delay = named(body, "retryDelays").map(JsonNode::asText);
        Optional<String> when = named(body, "retryWhen").map(json -> json.isNull() ? "null" : ends(body));
        try {
            delay.filter(text -> !text.equals("null")).ifPresent(RetryDelayText::parse);
        } catch (IllegalArgumentException wrong) {
            throw new UnprocessableContentResponse("The field 'retryDelays': " + wrong.getMessage() + ".");
        }
        return new Revising.Retries(number, delay, when);
    }

    private static String ends(RequestBody body) {
        List<String> ends = body.texts("retryWhen");
        // Before they are written into a page.
        new Retrying(RetryRule.none(), new TreeSet<>(ends));
        return "[" + String.join(", ", ends) + "]";
    }

    private static Optional<JsonNode> named(RequestBody body, String name) {
        return Optional.ofNullable(body.json().get(name));
    }

    /** What is named, null for none; else as it is. */
    private static OptionalInt given(RequestBody body, String name, OptionalInt otherwise) {
        return body.json().has(name) ? body.number(name) : otherwise;
    }

    private void remove(Context request) {
        services.state().deployments().remove(name(request));
        request.status(204);
    }

    private void versions(Context request) {
        services.state().deployments().show(name(request));
        ObjectNode answer = ApiJson.object();
        answer.set(
                "versions",
                ApiJson.array(services.state().deployments().versions(name(request)).stream()
                        .map(ApiJson::version)
                        .toList()));
        answer(request, answer);
    }

    private void file(Context request) {
        String file = request.pathParam("file");
        byte[] content = services.state()
                .deployments()
                .files(name(request), request.pathParam("version"))
                .bytes(file)
                .orElseThrow(() -> new io.javalin.http.NotFoundResponse("That version has no file " + file + "."));
        request.contentType("application/octet-stream");
        request.result(content);
    }

    private void rollback(Context request) {
        RequestBody body = RequestBody.of(request);
        answer(
                request,
                ApiJson.deployment(services.state().deployments().rollback(name(request), body.required("version"))));
    }

    private void pause(Context request) {
        RequestBody body = RequestBody.of(request);
        answer(
                request,
                ApiJson.deployment(services.state()
                        .deployments()
                        .pause(name(request), body.flag("paused").orElse(true))));
    }

    /** {@code {"parameters": {…}}} as JSON, or {@code {"texts": {…}}} as people type them. */
    private void order(Context request) {
        RequestBody body = RequestBody.of(request);
        Ordering.Request order = new Ordering.Request(
                name(request),
                body.object("parameters").orElseGet(ApiJson::object),
                body.map("texts"),
                body.instant("due"),
                body.text("queue"),
                body.text("idempotencyKey"),
                Actor.of(request).or(body.text("createdBy").orElse("api")));
        request.status(201);
        answer(request, ApiJson.run(services.ordering().order(order)));
    }

    private static DeploymentName name(Context request) {
        return new DeploymentName(request.pathParam("name"));
    }

    static void answer(Context request, ObjectNode json) {
        request.contentType("application/json");
        request.result(json.toString());
    }
}
