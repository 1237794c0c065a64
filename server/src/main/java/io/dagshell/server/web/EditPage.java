package io.dagshell.server.web;

import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.server.deploy.Revising;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.OptionalInt;

/** {@code /deployment/edit}: values that runs of a deployment start with, how many may go on at once, when one is tried again. */
public final class EditPage {
    private static final String LIMIT = "limit";
    private static final String FAILURES = "failures";
    private static final String FORMER = "former";

    private final DeploymentServices services;
    private final NamedDeployment named;
    private final Pages pages;

    EditPage(DeploymentServices services, NamedDeployment named, Pages pages) {
        this.services = services;
        this.named = named;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/deployment/edit", request -> named.find(request, this::answer));
        routes.post("/deployment/edit", request -> named.find(request, this::save));
    }

    private void answer(Context request, Deployment deployment) {
        show(
                request,
                new Edit(
                        deployment,
                        form(deployment),
                        text(deployment.current().settings().concurrency()),
                        text(deployment.current().settings().pauseAfterFailures()),
                        retries(deployment),
                        version(deployment),
                        List.of()));
    }

    private RunForm form(Deployment deployment) {
        return RunForm.of(deployment.current(), services.manifests()).withoutNone();
    }

    private RetriesForm retries(Deployment deployment) {
        Revising.Retries said;
        try {
            said = services.revising().said(deployment);
        } catch (InvalidDeploymentException unreadable) {
            said = Revising.Retries.AS_THEY_ARE;
        }
        return RetriesForm.of(said, deployment.current().settings().retrying());
    }

    private static String text(OptionalInt limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsInt()) : "";
    }

    private static String version(Deployment deployment) {
        return deployment.current().version();
    }

    private void show(Context request, Edit edit) {
        pages.show(request, "page/edit.jte", edit);
    }

    private void save(Context request, Deployment deployment) {
        RunForm form = form(deployment);
        String limit = NamedDeployment.text(request, LIMIT).strip();
        String failures = NamedDeployment.text(request, FAILURES).strip();
        String former = NamedDeployment.text(request, FORMER);
        RetriesForm shown = retries(deployment);
        RetriesForm retries = RetriesForm.of(request, shown);
        try {
            services.revising()
                    .revise(Revising.Request.typed(
                            deployment.name(),
                            former,
                            form.changes(request),
                            number("Runs at once", limit),
                            number("Failed runs in a row", failures),
                            retries.changes(shown)));
            NamedDeployment.back(request, deployment);
        } catch (ParameterException | InvalidDeploymentException | IllegalArgumentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            again(request, deployment, new Edit(deployment, form, limit, failures, retries, former, List.of()), wrong);
        } catch (RefusedException refused) {
            request.status(HttpStatus.CONFLICT);
            again(
                    request,
                    deployment,
                    new Edit(deployment, form, limit, failures, retries, version(deployment), List.of()),
                    refused);
        }
    }

    /** The page with what was typed, and what is wrong with it. */
    private void again(Context request, Deployment deployment, Edit typed, RuntimeException wrong) {
        List<String> problems = List.of(String.valueOf(wrong.getMessage()));
        RunForm form = typed.form().filled(request);
        show(
                request,
                new Edit(deployment, form, typed.limit(), typed.failures(), typed.retries(), typed.former(), problems));
    }

    private static OptionalInt number(String field, String limit) {
        if (limit.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!limit.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(
                    field + " is a whole number from 1 to 999999, or empty for no limit," + " not '" + limit + "'.");
        }
        return OptionalInt.of(Integer.parseInt(limit));
    }

    /**
     * A deployment that is edited.
     *
     * @param limit as it is typed
     * @param failures in a row after which schedules are paused, as it is typed
     * @param retries when runs are tried again, as it is typed
     * @param former the version whose values were shown
     */
    public record Edit(
            Deployment deployment,
            RunForm form,
            String limit,
            String failures,
            RetriesForm retries,
            String former,
            List<String> problems) {
        public Edit {
            problems = List.copyOf(problems);
        }

        public String address() {
            return NamedDeployment.address(deployment);
        }
    }
}
