package io.dagshell.server.web;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.picture.DagPicture;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
        show(request, deployment, schedule(request, deployment.name()), List.of());
    }

    private ScheduleForm schedule(Context request, DeploymentName name) {
        String id = Optional.ofNullable(request.queryParam("schedule")).orElse("");
        return services.state().schedules().of(name).stream()
                .filter(each -> each.id().toString().equals(id))
                .findFirst()
                .map(ScheduleForm::of)
                .orElseGet(ScheduleForm::blank);
    }

    private void show(Context request, Deployment deployment, ScheduleForm form, List<String> problems) {
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
        try {
            Instant now = clock.instant();
            if (form.id().isEmpty()) {
                services.state().schedules().add(deployment.name(), form.spec(true, now));
            } else {
                ScheduleId id = own(deployment, form.id());
                boolean active = services.state().schedules().show(id).spec().active();
                services.state().schedules().edit(id, form.spec(active, now));
            }
        } catch (RefusedException | IllegalArgumentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            show(request, deployment, form, List.of(String.valueOf(wrong.getMessage())));
            return;
        }
        request.redirect(NamedDeployment.address(deployment), HttpStatus.SEE_OTHER);
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
            List<String> problems) {
        public One {
            pictures = List.copyOf(pictures);
            parameters = List.copyOf(parameters);
            versions = List.copyOf(versions);
            backfills = List.copyOf(backfills);
            problems = List.copyOf(problems);
        }
    }

    /** A flow and its graph as SVG, which is made of escaped text. */
    public record Picture(String flow, String svg) {}
}
