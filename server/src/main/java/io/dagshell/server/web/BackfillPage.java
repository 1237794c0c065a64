package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.access.Actor;
import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.BackfillId;
import io.dagshell.store.orchestration.BackfillInstant;
import io.dagshell.store.orchestration.BackfillPlan;
import io.dagshell.store.orchestration.BackfillSpec;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Schedule;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /deployment/backfill} asks for a range of the past and shows what would run; {@code /backfill} how far it is. */
public final class BackfillPage {
    private static final String WHO = "dashboard";
    private static final int ROWS = 100;
    private static final int PREVIEWED = 200;

    private final DeploymentServices services;
    private final NamedDeployment named;
    private final Pages pages;
    private final Clock clock;

    BackfillPage(DeploymentServices services, NamedDeployment named, Pages pages, Clock clock) {
        this.services = services;
        this.named = named;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/deployment/backfill", request -> named.find(request, this::blank));
        routes.post("/deployment/backfill", request -> named.find(request, this::asked));
        routes.get("/backfill", request -> found(request, this::show));
        routes.get(
                "/backfill/live",
                request -> found(request, (asked, backfill) -> pages.again(asked, live(asked, backfill))));
        routes.post("/backfill/change", request -> found(request, this::change));
        routes.post(
                "/backfill/cancel",
                request -> found(request, (asked, backfill) -> {
                    services.backfilling()
                            .cancel(
                                    backfill.id(),
                                    "cancelled on the dashboard",
                                    NamedDeployment.flag(asked, "keepRunning"));
                    back(asked, backfill);
                }));
    }

    private void blank(Context request, Deployment deployment) {
        String key = RunId.create(clock.instant()).toString();
        ask(
                request,
                deployment,
                BackfillForm.blank(schedules(deployment), key),
                parameters(deployment),
                Optional.empty(),
                List.of());
    }

    private List<Schedule> schedules(Deployment deployment) {
        return services.state().schedules().of(deployment.name());
    }

    private RunForm parameters(Deployment deployment) {
        return RunForm.of(deployment.current(), services.manifests());
    }

    private void ask(
            Context request,
            Deployment deployment,
            BackfillForm form,
            RunForm parameters,
            Optional<Preview> preview,
            List<String> problems) {
        pages.show(
                request,
                "page/backfillForm.jte",
                new Ask(deployment, schedules(deployment), form, parameters, preview, problems));
    }

    private void asked(Context request, Deployment deployment) {
        BackfillForm form = BackfillForm.of(request);
        RunForm shown = parameters(deployment);
        if (!NamedDeployment.flag(request, "begin")) {
            AuditTrail.nothing(request);
        }
        try {
            BackfillSpec spec = services.backfilling().spec(form.request(deployment.name(), changed(shown, request)));
            if (NamedDeployment.flag(request, "begin")) {
                Optional<String> key = Optional.of(form.key()).filter(text -> !text.isEmpty());
                Backfill begun =
                        services.backfilling().begin(spec, Actor.of(request).or(WHO), key);
                request.redirect(address(begun.id()), HttpStatus.SEE_OTHER);
                return;
            }
            ask(request, deployment, form, shown.filled(request), Optional.of(preview(spec)), List.of());
        } catch (RefusedException | ParameterException | InvalidDeploymentException | IllegalArgumentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            List<String> problems = List.of(String.valueOf(wrong.getMessage()));
            ask(request, deployment, form, shown.filled(request), Optional.empty(), problems);
        }
    }

    /** Values that differ from the deployment's; others stay those of the schedule. */
    private static Map<String, String> changed(RunForm shown, Context request) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        shown.changes(request).forEach((name, text) -> text.ifPresent(value -> texts.put(name, value)));
        return texts;
    }

    private Preview preview(BackfillSpec spec) {
        BackfillPlan plan = services.backfilling().plan(spec);
        List<ParameterView> first = plan.toRun().stream()
                .findFirst()
                .map(due -> ParameterView.of(services.backfilling().parameters(spec, due)))
                .orElse(List.of());
        return new Preview(
                plan.instants().stream().limit(PREVIEWED).toList(),
                plan.instants().size(),
                plan.toRun().size(),
                plan.leftOut(),
                first,
                spec.pattern().timing().zone().getId());
    }

    private void found(Context request, java.util.function.BiConsumer<Context, Backfill> answer) {
        String id = Optional.ofNullable(request.formParam("id"))
                .or(() -> Optional.ofNullable(request.queryParam("id")))
                .orElse("");
        try {
            answer.accept(request, services.state().backfills().show(BackfillId.parse(id)));
        } catch (RefusedException refused) {
            pages.missing(request, String.valueOf(refused.getMessage()), "The deployment's page lists its backfills.");
            request.status(refused.why() == RefusedException.Why.UNKNOWN ? 404 : 409);
        }
    }

    static String address(BackfillId id) {
        return "/backfill?id=" + id;
    }

    private static void back(Context request, Backfill backfill) {
        request.redirect(address(backfill.id()), HttpStatus.SEE_OTHER);
    }

    private void show(Context request, Backfill backfill) {
        pages.show(request, "page/backfill.jte", new Page(backfill, live(request, backfill)));
    }

    private LivePart live(Context request, Backfill backfill) {
        int first = first(request);
        List<BackfillInstant> some = services.state().backfills().instants(backfill.id(), first, ROWS + 1);
        Optional<String> next = some.size() > ROWS
                ? Optional.of(address(backfill.id()) + "&first=" + (first + ROWS))
                : Optional.empty();
        Optional<String> before = first > 0
                ? Optional.of(address(backfill.id()) + "&first=" + Math.max(0, first - ROWS))
                : Optional.empty();
        String live = "/backfill/live?id=" + backfill.id() + "&first=" + first;
        boolean going = !backfill.state().isOver() || backfill.counts().active() > 0;
        Going content = new Going(backfill, some.stream().limit(ROWS).toList(), before, next);
        return pages.live("backfill", live, going, "part/backfill.jte", content);
    }

    private static int first(Context request) {
        String text = Optional.ofNullable(request.queryParam("first")).orElse("0");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    private void change(Context request, Backfill backfill) {
        Optional<Boolean> paused =
                Optional.ofNullable(request.formParam("paused")).map("true"::equals);
        String limit = NamedDeployment.text(request, "limit").strip();
        OptionalInt atOnce = limit.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(limit)) : OptionalInt.empty();
        services.backfilling().change(backfill.id(), paused, atOnce);
        back(request, backfill);
    }

    /** A range that is asked for. */
    public record Ask(
            Deployment deployment,
            List<Schedule> schedules,
            BackfillForm form,
            RunForm parameters,
            Optional<Preview> preview,
            List<String> problems) {
        public Ask {
            schedules = List.copyOf(schedules);
            problems = List.copyOf(problems);
        }

        public String address() {
            return NamedDeployment.address(deployment);
        }
    }

    /**
     * What would run.
     *
     * @param shown the first instants
     * @param first what the first run is given
     */
    public record Preview(
            List<BackfillPlan.Planned> shown,
            int instants,
            int toRun,
            Map<String, Integer> leftOut,
            List<ParameterView> first,
            String zone) {
        public Preview {
            shown = List.copyOf(shown);
            leftOut = Map.copyOf(leftOut);
            first = List.copyOf(first);
        }
    }

    /** What the page gets. */
    public record Page(Backfill backfill, LivePart live) {
        public String deployment() {
            return "/deployment?name="
                    + Shown.encoded(backfill.spec().deployment().value());
        }
    }

    /** What the part that changes gets. */
    public record Going(
            Backfill backfill, List<BackfillInstant> instants, Optional<String> before, Optional<String> next) {
        public Going {
            instants = List.copyOf(instants);
        }
    }

    /** A part of the bar. */
    public record Part(String slug, String word, int count, String share) {}

    /** The parts of the bar, those that are not empty. */
    public static List<Part> parts(Backfill backfill) {
        Backfill.Counts counts = backfill.counts();
        int all = Math.max(1, counts.toRun());
        return java.util.stream.Stream.of(
                        part("completed", "completed", counts.completed(), all),
                        part("failed", "failed", counts.failed(), all),
                        part("cancelled", "cancelled", counts.cancelled(), all),
                        part("running", "under way", counts.active(), all),
                        part("pending", "to be run", counts.waiting(), all),
                        part("cached", "no longer kept", counts.forgotten(), all))
                .filter(part -> part.count() > 0)
                .toList();
    }

    private static Part part(String slug, String word, int count, int all) {
        return new Part(slug, word, count, Shown.percent((double) count / all));
    }

    /** {@code Running}, and the name of its sign. */
    public static String slug(Backfill backfill) {
        return switch (backfill.state()) {
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case FINISHED -> backfill.counts().failed() > 0 ? "failed" : "completed";
            case CANCELLED -> "cancelled";
        };
    }

    public static String word(Backfill backfill) {
        String word = backfill.state().word();
        String shown = word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
        return backfill.state() == Backfill.State.FINISHED && backfill.counts().failed() > 0
                ? shown + ", " + backfill.counts().failed() + " failed"
                : shown;
    }

    /** From when to when. */
    public static String range(Backfill backfill) {
        return local(backfill.spec().from(), backfill) + " to "
                + local(backfill.spec().to(), backfill);
    }

    private static String local(Instant at, Backfill backfill) {
        return at.atZone(backfill.spec().pattern().timing().zone())
                .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", java.util.Locale.ROOT));
    }
}
