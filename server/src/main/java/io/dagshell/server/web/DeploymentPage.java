package io.dagshell.server.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.RetryDelayText;
import io.dagshell.engine.picture.DagPicture;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Retrying;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleId;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /deployment?name=…}: one deployment, its versions, and when it runs by itself. */
public final class DeploymentPage {
    private static final int BACKFILLS = 5;

    private final DeploymentServices services;
    private final DeploymentsPage list;
    private final NamedDeployment named;
    private final Pages pages;
    private final Clock clock;

    /** @param list whose rows the page shows too */
    DeploymentPage(DeploymentServices services, DeploymentsPage list, NamedDeployment named, Pages pages, Clock clock) {
        this.services = services;
        this.list = list;
        this.named = named;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/deployment", request -> named.find(request, this::one));
        routes.post(
                "/deployment/pause",
                request -> named.find(request, (change, deployment) -> {
                    services.state().deployments().pause(deployment.name(), NamedDeployment.flag(change, "paused"));
                    NamedDeployment.back(change, deployment);
                }));
        routes.post(
                "/deployment/rollback",
                request -> named.find(request, (change, deployment) -> {
                    services.state().deployments().rollback(deployment.name(), NamedDeployment.text(change, "version"));
                    NamedDeployment.back(change, deployment);
                }));
        routes.post(
                "/deployment/delete",
                request -> named.find(request, (change, deployment) -> {
                    services.state().deployments().remove(deployment.name());
                    change.redirect("/deployments", HttpStatus.SEE_OTHER);
                }));
        routes.post("/deployment/schedule", request -> named.find(request, this::schedule));
        routes.post(
                "/deployment/schedule/active",
                request -> named.find(request, (change, deployment) -> {
                    services.state()
                            .schedules()
                            .activate(
                                    own(deployment, NamedDeployment.text(change, "id")),
                                    NamedDeployment.flag(change, "active"));
                    NamedDeployment.back(change, deployment);
                }));
        routes.post(
                "/deployment/schedule/remove",
                request -> named.find(request, (change, deployment) -> {
                    services.state().schedules().remove(own(deployment, NamedDeployment.text(change, "id")));
                    NamedDeployment.back(change, deployment);
                }));
    }

    /** The schedule of that id, which has to be one of the deployment's. */
    private ScheduleId own(Deployment deployment, String id) {
        return services.state().schedules().of(deployment.name()).stream()
                .map(Schedule::id)
                .filter(each -> each.toString().equals(id))
                .findFirst()
                .orElseThrow(() -> RefusedException.unknown(
                        "The deployment '" + deployment.name() + "' has no schedule " + id + "."));
    }

    private void one(Context request, Deployment deployment) {
        ScheduleForm form = schedule(request, deployment.name());
        show(request, deployment, form, values(deployment, form.parameters()), List.of());
    }

    private ScheduleForm schedule(Context request, DeploymentName name) {
        String id = Optional.ofNullable(request.queryParam("schedule")).orElse("");
        return services.state().schedules().of(name).stream()
                .filter(each -> each.id().toString().equals(id))
                .findFirst()
                .map(ScheduleForm::of)
                .orElseGet(ScheduleForm::blank);
    }

    /** The flow's parameters as a schedule with these has them. */
    private RunForm values(Deployment deployment, String parametersJson) {
        return RunForm.of(deployment.current(), services.manifests(), parametersJson);
    }

    private void show(
            Context request, Deployment deployment, ScheduleForm form, RunForm values, List<String> problems) {
        DeploymentVersion current = deployment.current();
        pages.show(
                request,
                "page/deployment.jte",
                new One(
                        list.row(deployment),
                        manifest(current).map(DeploymentPage::pictures).orElse(List.of()),
                        memory(current),
                        ParameterView.of(current.parametersJson()),
                        services.state().deployments().versions(deployment.name()),
                        drift(request, deployment),
                        services.state().backfills().of(deployment.name(), BACKFILLS),
                        form,
                        values,
                        problems));
    }

    /** What differs between the version that is asked for and the current one. */
    private Optional<VersionDrift> drift(Context request, Deployment deployment) {
        String wanted = Optional.ofNullable(request.queryParam("compare")).orElse("");
        return services.state().deployments().versions(deployment.name()).stream()
                .filter(each -> each.version().equals(wanted))
                .findFirst()
                .map(version -> VersionDrift.of(version, deployment.current(), services.manifests()));
    }

    private Optional<FlowManifest> manifest(DeploymentVersion version) {
        try {
            return Optional.of(services.manifests().of(version));
        } catch (InvalidDeploymentException none) {
            return Optional.empty();
        }
    }

    private String memory(DeploymentVersion version) {
        return manifest(version)
                .flatMap(there -> services.manifests()
                        .howToRun(version.deployment(), version.version())
                        .memory())
                .orElse("as the agent gives");
    }

    private static List<Picture> pictures(FlowManifest manifest) {
        return manifest.graphs().entrySet().stream()
                .filter(each -> !each.getValue().nodes().isEmpty())
                .map(each -> new Picture(each.getKey().value(), DagPicture.svg(each.getValue())))
                .toList();
    }

    private void schedule(Context request, Deployment deployment) {
        ScheduleForm form = ScheduleForm.of(request);
        Optional<ScheduleSpec> there = Optional.empty();
        boolean typed = NamedDeployment.flag(request, "typed");
        try {
            if (!form.id().isEmpty()) {
                there = Optional.of(services.state()
                        .schedules()
                        .show(own(deployment, form.id()))
                        .spec());
            }
            String former = there.map(ScheduleSpec::parametersJson).orElse("{}");
            String json = form.parameters().isEmpty() ? "{}" : form.parameters();
            ScheduleSpec spec =
                    form.spec(there.map(ScheduleSpec::active).orElse(true), clock.instant(), typed ? former : json);
            Map<String, String> texts = new LinkedHashMap<>();
            if (typed) {
                spec = spec.withParameters(differing(request, deployment, former, texts));
            }
            if (form.id().isEmpty()) {
                services.scheduling().add(deployment.name(), spec, texts);
            } else {
                services.scheduling().edit(own(deployment, form.id()), spec, texts);
            }
        } catch (RefusedException | ParameterException | InvalidDeploymentException | IllegalArgumentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            RunForm shown =
                    values(deployment, there.map(ScheduleSpec::parametersJson).orElse("{}"));
            show(
                    request,
                    deployment,
                    form,
                    typed ? shown.filled(request) : shown,
                    List.of(String.valueOf(wrong.getMessage())));
            return;
        }
        request.redirect(NamedDeployment.address(deployment), HttpStatus.SEE_OTHER);
    }

    /** Parameters that stay the schedule's own; what was typed of others goes to {@code texts}. */
    private String differing(Context request, Deployment deployment, String former, Map<String, String> texts) {
        ObjectNode kept = RunForm.object(former);
        RunForm plain = values(deployment, "{}");
        values(deployment, former).changes(request).forEach((name, text) -> {
            kept.remove(name);
            // What is as the deployment has it follows the deployment.
            text.filter(value -> !plain.shows(name, value)).ifPresent(value -> texts.put(name, value));
        });
        return kept.toString();
    }

    /** One deployment and the graphs of its flows. */
    public record One(
            DeploymentsPage.Row row,
            List<Picture> pictures,
            String memory,
            List<ParameterView> parameters,
            List<DeploymentVersion> versions,
            Optional<VersionDrift> drift,
            List<Backfill> backfills,
            ScheduleForm form,
            RunForm values,
            List<String> problems) {
        public One {
            pictures = List.copyOf(pictures);
            parameters = List.copyOf(parameters);
            versions = List.copyOf(versions);
            backfills = List.copyOf(backfills);
            problems = List.copyOf(problems);
        }

        /** How often, after what wait and after which ends. */
        public String triedAgain() {
            Retrying retrying = row.deployment().current().settings().retrying();
            return retrying.rule().retries() == 0
                    ? "never"
                    : Shown.count(retrying.rule().retries(), "time") + " after "
                            + RetryDelayText.of(retrying.rule().delay()) + ", when "
                            + String.join(", ", retrying.when());
        }
    }

    /** A flow and its graph as SVG, which is made of escaped text. */
    public record Picture(String flow, String svg) {}
}
