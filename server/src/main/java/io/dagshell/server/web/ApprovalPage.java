package io.dagshell.server.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/** {@code /runs/ID/approve} and {@code reject}: answers to what a run asks; with a field that does not fit, it is shown again. */
public final class ApprovalPage {
    private static final String WHO = "dashboard";
    private static final int LONGEST_REASON = 2_000;

    private final DeploymentServices services;
    private final Pages pages;

    ApprovalPage(DeploymentServices services, Pages pages) {
        this.services = services;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.post("/runs/{run}/approve", request -> act(request, this::approve));
        routes.post("/runs/{run}/reject", request -> act(request, this::reject));
    }

    /** Takes an answer, for a run and the place of its question. */
    private interface Action {
        void take(Context request, RunId run, Optional<CallPath> place);
    }

    private void act(Context request, Action action) {
        String id = request.pathParam("run");
        try {
            RunId run = RunId.parse(id);
            action.take(
                    request,
                    run,
                    Optional.ofNullable(request.formParam("place")).map(CallPath::new));
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "Go back, and look at its state now.");
            request.status(refused.why() == RefusedException.Why.CONFLICT ? 409 : 404);
        } catch (IllegalArgumentException none) {
            pages.missing(request, "There is no run " + id, "The page of runs lists those there are.");
        }
    }

    private void approve(Context request, RunId run, Optional<CallPath> place) {
        AskedApproval question = services.state().approvals().question(run, place);
        ApprovalView view = ApprovalView.of(question, true);
        try {
            services.approving()
                    .approve(
                            run,
                            Optional.of(question.place()),
                            JsonNodeFactory.instance.objectNode(),
                            view.form().typed(request),
                            Actor.of(request).or(WHO));
            request.redirect("/runs/" + run, HttpStatus.SEE_OTHER);
        } catch (ParameterException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            pages.show(
                    request,
                    "page/approval.jte",
                    new Page(view.with(view.form().filled(request)), List.of(String.valueOf(wrong.getMessage()))));
        }
    }

    private void reject(Context request, RunId run, Optional<CallPath> place) {
        String reason =
                Optional.ofNullable(request.formParam("reason")).orElse("").strip();
        String told = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        services.approving().reject(run, place, told, Actor.of(request).or(WHO));
        request.redirect("/runs/" + run, HttpStatus.SEE_OTHER);
    }

    /** A question whose answer did not fit. */
    public record Page(ApprovalView approval, List<String> problems) {
        public Page {
            problems = List.copyOf(problems);
        }
    }
}
