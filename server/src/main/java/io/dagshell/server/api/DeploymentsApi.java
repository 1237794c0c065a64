package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.Ordering;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FolderFiles;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /api/deployments}: apply, list, show, roll back, pause, and order a run. */
final class DeploymentsApi {
    private static final String ONE = "/api/deployments/{name}";
    private final DeploymentServices services;

    DeploymentsApi(DeploymentServices services) {
        this.services = services;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/deployments", this::apply);
        routes.get("/api/deployments", this::list);
        routes.get(ONE, this::show);
        routes.delete(ONE, this::remove);
        routes.get(ONE + "/versions", this::versions);
        routes.get(ONE + "/versions/{version}/files/{file}", this::file);
        routes.post(ONE + "/rollback", this::rollback);
        routes.post(ONE + "/pause", this::pause);
        routes.post(ONE + "/runs", this::order);
    }

    /** {@code {"files": {"deployment.yaml": "base64", …}, "replace": false}}. */
    private void apply(Context request) {
        RequestBody body = RequestBody.of(request, "files", "replace");
        Map<String, byte[]> files = new HashMap<>();
        body.object("files")
                .orElseThrow(() -> RequestBody.wrong("files", "an object"))
                .properties()
                .forEach(each -> {
                    try {
                        files.put(
                                each.getKey(),
                                Base64.getDecoder().decode(each.getValue().asText()));
                    } catch (IllegalArgumentException damaged) {
                        throw new BadRequestResponse("The file '" + each.getKey() + "' is no base64.");
                    }
                });
        Deployment applied = services.applying()
                .apply(FolderFiles.of(files), body.flag("replace").orElse(false));
        request.status(201);
        answer(request, ApiJson.deployment(applied));
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
        answer.set(
                "schedules",
                ApiJson.array(services.state().schedules().of(deployment.name()).stream()
                        .map(ApiJson::schedule)
                        .toList()));
        answer(request, answer);
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
        RequestBody body = RequestBody.of(request, "version");
        answer(
                request,
                ApiJson.deployment(services.state().deployments().rollback(name(request), body.required("version"))));
    }

    private void pause(Context request) {
        RequestBody body = RequestBody.of(request, "paused");
        answer(
                request,
                ApiJson.deployment(services.state()
                        .deployments()
                        .pause(name(request), body.flag("paused").orElse(true))));
    }

    /** {@code {"parameters": {…}}} as JSON, or {@code {"texts": {…}}} as people type them. */
    private void order(Context request) {
        RequestBody body =
                RequestBody.of(request, "parameters", "texts", "due", "queue", "idempotencyKey", "createdBy");
        Map<String, String> texts = new LinkedHashMap<>();
        body.object("texts")
                .ifPresent(given -> given.properties()
                        .forEach(
                                each -> texts.put(each.getKey(), each.getValue().asText())));
        Ordering.Request order = new Ordering.Request(
                name(request),
                body.object("parameters").orElseGet(ApiJson::object),
                texts,
                body.instant("due"),
                body.text("queue"),
                body.text("idempotencyKey"),
                body.text("createdBy").orElse("api"));
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
