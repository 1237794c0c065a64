package io.dagshell.server.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.picture.DagPicture;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.server.deploy.Ordering;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.RunQuery;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * {@code /deployments} and {@code /deployment?name=…}: what is deployed, when it is due, runs on request. The name is in
 * the query, because it may hold what a path may not.
 */
public final class DeploymentsPage {
    private static final int BARS = 24;
    private static final String WHO = "dashboard";

    private final DeploymentServices services;
    private final ListedRuns runs;
    private final Pages pages;
    private final Clock clock;

    DeploymentsPage(DeploymentServices services, ListedRuns runs, Pages pages, Clock clock) {
        this.services = services;
        this.runs = runs;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/deployments", request -> pages.show(request, "page/deployments.jte", new Page(live())));
        routes.get("/deployments/live", request -> pages.again(request, live()));
        routes.get("/deployment", request -> found(request, this::one));
        routes.get("/deployment/run", request -> found(request, this::form));
        routes.post("/deployment/run", request -> found(request, this::order));
        routes.post(
                "/deployment/pause",
                request -> found(request, (change, deployment) -> {
                    services.state().deployments().pause(deployment.name(), flag(change, "paused"));
                    back(change, deployment);
                }));
        routes.post(
                "/deployment/rollback",
                request -> found(request, (change, deployment) -> {
                    services.state().deployments().rollback(deployment.name(), text(change, "version"));
                    back(change, deployment);
                }));
        routes.post("/deployment/schedule", request -> found(request, this::schedule));
        routes.post(
                "/deployment/schedule/active",
                request -> found(request, (change, deployment) -> {
                    services.state().schedules().activate(own(deployment, text(change, "id")), flag(change, "active"));
                    back(change, deployment);
                }));
        routes.post(
                "/deployment/schedule/remove",
                request -> found(request, (change, deployment) -> {
                    services.state().schedules().remove(own(deployment, text(change, "id")));
                    back(change, deployment);
                }));
    }

    private void found(Context request, BiConsumer<Context, Deployment> answer) {
        String name = Optional.ofNullable(request.formParam("name"))
                .or(() -> Optional.ofNullable(request.queryParam("name")))
                .orElse("");
        try {
            answer.accept(request, services.state().deployments().show(new DeploymentName(name)));
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "Go back, and look at what is there now.");
            request.status(refused.why() == RefusedException.Why.UNKNOWN ? 404 : 409);
        }
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

    private static void back(Context request, Deployment deployment) {
        String there = text(request, "back").equals("list") ? "/deployments" : address(deployment);
        request.redirect(there, HttpStatus.SEE_OTHER);
    }

    private static String address(Deployment deployment) {
        return "/deployment?name=" + Shown.encoded(deployment.name().value());
    }

    private static boolean flag(Context request, String name) {
        return text(request, name).equals("true");
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("");
    }

    private LivePart live() {
        List<Row> rows =
                services.state().deployments().list().stream().map(this::row).toList();
        return pages.live("deployments", "/deployments/live", true, "part/deployments.jte", new Listed(rows));
    }

    private Row row(Deployment deployment) {
        RunQuery own = RunQuery.latest(BARS).withDeployment(deployment.name());
        List<Schedule> schedules = services.state().schedules().of(deployment.name());
        return new Row(
                deployment,
                address(deployment),
                schedules,
                FlowsPage.bars(runs.page(own).runs(), BARS));
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
                        row(deployment),
                        manifest(current).map(DeploymentsPage::pictures).orElse(List.of()),
                        ParameterView.of(current.parametersJson()),
                        services.state().deployments().versions(deployment.name()),
                        drift(request, deployment),
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

    private static List<Picture> pictures(FlowManifest manifest) {
        return manifest.graphs().entrySet().stream()
                .filter(each -> !each.getValue().nodes().isEmpty())
                .map(each -> new Picture(each.getKey().value(), DagPicture.svg(each.getValue())))
                .toList();
    }

    private RunForm form(Deployment deployment) {
        ObjectNode values = JsonForm.parse(deployment.current().parametersJson())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        return manifest(deployment.current())
                .map(manifest -> RunForm.of(manifest, values))
                .orElseGet(() -> new RunForm(List.of()));
    }

    private void form(Context request, Deployment deployment) {
        pages.show(request, "page/order.jte", new Order(deployment, address(deployment), form(deployment), List.of()));
    }

    private void order(Context request, Deployment deployment) {
        RunForm form = form(deployment);
        boolean quick = flag(request, "quick");
        try {
            Map<String, String> texts = quick ? Map.of() : form.typed(request);
            FlowRun run = services.ordering()
                    .order(Ordering.Request.of(deployment.name(), WHO).withTexts(texts));
            request.redirect("/runs/" + run.id(), HttpStatus.SEE_OTHER);
        } catch (ParameterException | InvalidDeploymentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            pages.show(
                    request,
                    "page/order.jte",
                    new Order(
                            deployment,
                            address(deployment),
                            quick ? form : form.filled(request),
                            List.of(String.valueOf(wrong.getMessage()))));
        }
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
        request.redirect(address(deployment), HttpStatus.SEE_OTHER);
    }

    /** What the page gets. */
    public record Page(LivePart live) {}

    /** What the part that changes gets. */
    public record Listed(List<Row> rows) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    /** A deployment in the list. */
    public record Row(Deployment deployment, String address, List<Schedule> schedules, List<FlowsPage.RunBar> bars) {
        public Row {
            schedules = List.copyOf(schedules);
            bars = List.copyOf(bars);
        }

        public String name() {
            return deployment.name().value();
        }

        /** The first due instant of all schedules. */
        public Optional<Instant> next() {
            return deployment.paused()
                    ? Optional.empty()
                    : schedules.stream()
                            .flatMap(each -> each.nextDue().stream())
                            .min(Comparator.naturalOrder());
        }
    }

    /** One deployment and the graphs of its flows. */
    public record One(
            Row row,
            List<Picture> pictures,
            List<ParameterView> parameters,
            List<DeploymentVersion> versions,
            Optional<VersionDrift> drift,
            ScheduleForm form,
            List<String> problems) {
        public One {
            pictures = List.copyOf(pictures);
            parameters = List.copyOf(parameters);
            versions = List.copyOf(versions);
            problems = List.copyOf(problems);
        }
    }

    /** A flow and its graph as SVG, which is made of escaped text. */
    public record Picture(String flow, String svg) {}

    /** A run to be ordered. */
    public record Order(Deployment deployment, String address, RunForm form, List<String> problems) {
        public Order {
            problems = List.copyOf(problems);
        }
    }
}
