package io.dagshell.server.web;

import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.server.deploy.Ordering;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.FlowRun;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;

/** {@code /deployment/run}: a run that a person asks for, with values of its own or as the deployment has them. */
public final class OrderPage {
    private static final String WHO = "dashboard";

    private final DeploymentServices services;
    private final NamedDeployment named;
    private final Pages pages;

    OrderPage(DeploymentServices services, NamedDeployment named, Pages pages) {
        this.services = services;
        this.named = named;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get(
                "/deployment/run",
                request -> named.find(
                        request, (asked, deployment) -> show(asked, deployment, form(deployment), List.of())));
        routes.post("/deployment/run", request -> named.find(request, this::order));
    }

    private RunForm form(Deployment deployment) {
        return RunForm.of(deployment.current(), services.manifests());
    }

    private void show(Context request, Deployment deployment, RunForm form, List<String> problems) {
        pages.show(
                request, "page/order.jte", new Order(deployment, NamedDeployment.address(deployment), form, problems));
    }

    private void order(Context request, Deployment deployment) {
        RunForm form = form(deployment);
        boolean quick = NamedDeployment.flag(request, "quick");
        try {
            Map<String, String> texts = quick ? Map.of() : form.typed(request);
            FlowRun run = services.ordering()
                    .order(Ordering.Request.of(
                                    deployment.name(), Actor.of(request).or(WHO))
                            .withTexts(texts));
            request.redirect("/runs/" + run.id(), HttpStatus.SEE_OTHER);
        } catch (ParameterException | InvalidDeploymentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            show(request, deployment, quick ? form : form.filled(request), List.of(String.valueOf(wrong.getMessage())));
        }
    }

    /** A run to be ordered. */
    public record Order(Deployment deployment, String address, RunForm form, List<String> problems) {
        public Order {
            problems = List.copyOf(problems);
        }
    }
}
