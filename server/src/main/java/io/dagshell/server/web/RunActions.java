package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Function;

/** What people do with a run of a deployment: cancel it, hold it back, run it again or go on where it stopped. */
final class RunActions {
    private final DeploymentServices services;
    private final Pages pages;

    RunActions(DeploymentServices services, Pages pages) {
        this.services = services;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.post(
                "/runs/{run}/cancel",
                request ->
                        act(request, run -> services.state().runs().requestCancel(run, "Asked for on the dashboard.")));
        routes.post(
                "/runs/{run}/retry",
                request -> act(
                        request,
                        run -> services.ordering().retry(run, Actor.of(request).or("dashboard"))));
        routes.post(
                "/runs/{run}/resume",
                request -> act(
                        request,
                        run -> Optional.ofNullable(request.formParam("from"))
                                .map(task -> services.ordering()
                                        .resumeFrom(run, task, Actor.of(request).or("dashboard")))
                                .orElseGet(() -> services.ordering()
                                        .resume(run, Actor.of(request).or("dashboard")))));
        routes.post(
                "/runs/{run}/pause",
                request -> act(
                        request,
                        run -> services.state().runs().pause(run, "true".equals(request.formParam("paused")))));
    }

    private void act(Context request, Function<RunId, FlowRun> action) {
        String id = request.pathParam("run");
        try {
            request.redirect("/runs/" + action.apply(RunId.parse(id)).id(), HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "Go back, and look at its state now.");
            request.status(409);
        } catch (ParameterException noTask) {
            pages.missing(request, String.valueOf(noTask.getMessage()), "Go back, and choose a task of the run.");
            request.status(400);
        } catch (IllegalArgumentException none) {
            pages.missing(request, "There is no run " + id, "The page of runs lists those there are.");
        }
    }
}
