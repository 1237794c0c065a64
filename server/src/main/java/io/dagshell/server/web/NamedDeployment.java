package io.dagshell.server.web;

import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Deployments;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Finds the deployment a request is about, by the field {@code name} or the query {@code name}: it may hold what a path
 * may not. Thread-safe.
 */
final class NamedDeployment {
    private final Supplier<Deployments> deployments;
    private final Pages pages;

    NamedDeployment(Supplier<Deployments> deployments, Pages pages) {
        this.deployments = deployments;
        this.pages = pages;
    }

    /** Says it if there is none, or if {@code answer} is refused. */
    void find(Context request, BiConsumer<Context, Deployment> answer) {
        String name = Optional.ofNullable(request.formParam("name"))
                .or(() -> Optional.ofNullable(request.queryParam("name")))
                .orElse("");
        try {
            answer.accept(request, deployments.get().show(new DeploymentName(name)));
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "Go back, and look at what is there now.");
            request.status(refused.why() == RefusedException.Why.UNKNOWN ? 404 : 409);
        }
    }

    /** Goes to the deployment's page, or to the list if the form came from there. */
    static void back(Context request, Deployment deployment) {
        String there = text(request, "back").equals("list") ? "/deployments" : address(deployment);
        request.redirect(there, HttpStatus.SEE_OTHER);
    }

    static String address(Deployment deployment) {
        return "/deployment?name=" + Shown.encoded(deployment.name().value());
    }

    static boolean flag(Context request, String name) {
        return text(request, name).equals("true");
    }

    static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("");
    }
}
