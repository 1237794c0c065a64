package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.DeploymentServices;
import io.javalin.http.Context;
import io.javalin.http.UnprocessableContentResponse;
import java.util.Optional;

/** {@code /api/approvals}: what flows ask, and the answers of people. */
final class ApprovalsApi {
    private static final int LONGEST_REASON = 2_000;

    private final DeploymentServices services;

    ApprovalsApi(DeploymentServices services) {
        this.services = services;
    }

    void add(Endpoints endpoints) {
        endpoints
                .get("/api/approvals", "Questions of flows that wait for an answer, oldest first.", this::list)
                .gives("approvals", ApiType.listOf(Answers.APPROVAL));
        endpoints
                .post("/api/runs/{run}/approve", "Approves what a run asks; it goes on.", this::approve)
                .takes("place", ApiType.TEXT)
                .takes("parameters", ApiType.OBJECT)
                .takes("texts", ApiType.TEXTS_BY_NAME)
                .takes("by", ApiType.TEXT)
                .gives(Answers.RUN)
                .refuses(409);
        endpoints
                .post("/api/runs/{run}/reject", "Rejects what a run asks; its flow fails.", this::reject)
                .takes("place", ApiType.TEXT)
                .takes("reason", ApiType.TEXT)
                .takes("by", ApiType.TEXT)
                .gives(Answers.RUN)
                .refuses(409);
    }

    private void list(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "approvals",
                ApiJson.array(services.state().approvals().waiting().stream()
                        .map(ApiJson::approval)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void approve(Context request) {
        RequestBody body = RequestBody.of(request);
        try {
            DeploymentsApi.answer(
                    request,
                    ApiJson.run(services.approving()
                            .approve(
                                    RunsApi.id(request),
                                    place(body),
                                    body.object("parameters").orElseGet(ApiJson::object),
                                    body.map("texts"),
                                    by(request, body))));
        } catch (ParameterException wrong) {
            throw new UnprocessableContentResponse(String.valueOf(wrong.getMessage()));
        }
    }

    private void reject(Context request) {
        RequestBody body = RequestBody.of(request);
        String reason = body.text("reason").orElse("");
        if (reason.length() > LONGEST_REASON) {
            throw new UnprocessableContentResponse("A reason has at most " + LONGEST_REASON + " characters.");
        }
        DeploymentsApi.answer(
                request,
                ApiJson.run(services.approving().reject(RunsApi.id(request), place(body), reason, by(request, body))));
    }

    private static Optional<CallPath> place(RequestBody body) {
        return body.text("place").map(CallPath::new);
    }

    /** Who answers: whoever asks, or whom the one with the server's token names. */
    private static String by(Context request, RequestBody body) {
        return Actor.of(request)
                .or(body.text("by").filter(name -> !name.isBlank()).orElse("api"));
    }
}
