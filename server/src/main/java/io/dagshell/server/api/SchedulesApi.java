package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleId;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import io.dagshell.store.orchestration.WorkQueue;
import io.javalin.http.Context;
import io.javalin.http.UnprocessableContentResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /api/schedules}, {@code /api/queues} and {@code /api/agents}. */
final class SchedulesApi {
    private static final int UPCOMING = 10;
    private final DeploymentServices services;

    SchedulesApi(DeploymentServices services) {
        this.services = services;
    }

    void add(Endpoints endpoints) {
        endpoints
                .get("/api/deployments/{name}/schedules", "Schedules of a deployment.", this::list)
                .gives("schedules", ApiType.listOf(Answers.SCHEDULE));
        timed(endpoints.post("/api/deployments/{name}/schedules", "Adds a schedule.", this::create))
                .status(201);
        endpoints
                .get("/api/schedules/{schedule}", "One schedule and when it is due.", this::show)
                .gives(Answers.UPCOMING);
        timed(endpoints.put("/api/schedules/{schedule}", "Changes a schedule.", this::edit));
        endpoints.delete("/api/schedules/{schedule}", "Removes a schedule.", this::remove);
        endpoints
                .post("/api/schedules/{schedule}/activate", "Switches a schedule on or off.", this::activate)
                .takes("active", ApiType.FLAG)
                .gives(Answers.SCHEDULE);
        endpoints.get("/api/queues", "Work queues.", this::queues).gives("queues", ApiType.listOf(Answers.QUEUE));
        endpoints
                .put("/api/queues/{queue}", "Sets a work queue's priority and limit.", this::setQueue)
                .takes("priority", ApiType.NUMBER)
                .takes("concurrency", ApiType.LIMIT)
                .takes("paused", ApiType.FLAG)
                .gives("queues", ApiType.listOf(Answers.QUEUE));
        endpoints
                .get("/api/limits", "Limits of tags, over all deployments.", this::limits)
                .gives("limits", ApiType.listOf(Answers.TAG_LIMIT));
        endpoints
                .put("/api/limits/{tag}", "Sets how many runs with a tag may go on at once.", this::setLimit)
                .needs("concurrency", ApiType.LIMIT)
                .gives("limits", ApiType.listOf(Answers.TAG_LIMIT));
        endpoints.delete("/api/limits/{tag}", "Removes the limit of a tag.", this::removeLimit);
        endpoints
                .get("/api/agents", "Agents and when they were heard of.", this::agents)
                .gives("agents", ApiType.listOf(Answers.AGENT));
    }

    private static Endpoint timed(Endpoint endpoint) {
        return rule(endpoint)
                .takes("parameters", ApiType.OBJECT)
                .takes("texts", ApiType.TEXTS_BY_NAME)
                .takes("active", ApiType.FLAG)
                .takes("overlap", Answers.OVERLAP)
                .takes("catchUp", Answers.CATCH_UP)
                .gives(Answers.SCHEDULE);
    }

    /** What says when something is due. */
    static Endpoint rule(Endpoint endpoint) {
        return endpoint.takes("cron", ApiType.TEXT)
                .takes("rrule", ApiType.TEXT)
                .takes("zone", ApiType.TEXT)
                .takes("every", ApiType.DURATION)
                .takes("anchor", ApiType.INSTANT);
    }

    static boolean hasRule(RequestBody body) {
        return rules(body) > 0;
    }

    private static long rules(RequestBody body) {
        return Stream.of("cron", "rrule", "every")
                .filter(name -> body.text(name).isPresent())
                .count();
    }

    private void list(Context request) {
        DeploymentName name = new DeploymentName(request.pathParam("name"));
        services.state().deployments().show(name);
        ObjectNode answer = ApiJson.object();
        answer.set(
                "schedules",
                ApiJson.array(services.state().schedules().of(name).stream()
                        .map(ApiJson::schedule)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void create(Context request) {
        RequestBody body = RequestBody.of(request);
        Schedule made =
                services.scheduling().add(new DeploymentName(request.pathParam("name")), spec(body), body.map("texts"));
        request.status(201);
        DeploymentsApi.answer(request, ApiJson.schedule(made));
    }

    private void show(Context request) {
        ScheduleId id = id(request);
        ObjectNode answer = ApiJson.schedule(services.state().schedules().show(id));
        answer.set("upcoming", ApiJson.texts(services.state().schedules().upcoming(id, UPCOMING)));
        DeploymentsApi.answer(request, answer);
    }

    private void edit(Context request) {
        RequestBody body = RequestBody.of(request);
        Schedule edited = services.scheduling().edit(id(request), spec(body), body.map("texts"));
        DeploymentsApi.answer(request, ApiJson.schedule(edited));
    }

    private void remove(Context request) {
        services.state().schedules().remove(id(request));
        request.status(204);
    }

    private void activate(Context request) {
        boolean active = RequestBody.of(request).flag("active").orElse(true);
        DeploymentsApi.answer(
                request, ApiJson.schedule(services.state().schedules().activate(id(request), active)));
    }

    private static ScheduleSpec spec(RequestBody body) {
        ScheduleSpec plain = ScheduleSpec.of(timing(body));
        return plain.withParameters(
                        body.object("parameters").map(ObjectNode::toString).orElse("{}"))
                .withActive(body.flag("active").orElse(true))
                .withOverlap(choice(body.text("overlap"), Overlap.class, plain.overlap()))
                .withCatchUp(choice(body.text("catchUp"), CatchUp.class, plain.catchUp()));
    }

    static Timing timing(RequestBody body) {
        if (rules(body) != 1) {
            throw new UnprocessableContentResponse("A schedule has either 'cron', with 'zone', or 'every', with"
                    + " 'anchor', or 'rrule', with both.");
        }
        Optional<Instant> anchor = body.instant("anchor");
        if (body.text("every").isPresent()) {
            return new Timing.Interval(body.duration("every").orElseThrow(), anchor.orElse(Instant.EPOCH));
        }
        ZoneId zone = zone(body);
        Optional<String> rule = body.text("rrule");
        return rule.isPresent()
                ? new Timing.Rule(rule.get(), zone, anchor.orElseGet(() -> Timing.Rule.start(zone)))
                : new Timing.Cron(body.required("cron"), zone);
    }

    private static ZoneId zone(RequestBody body) {
        try {
            return ZoneId.of(body.text("zone").orElse("UTC"));
        } catch (DateTimeException unknown) {
            throw new UnprocessableContentResponse("The field 'zone' is a time zone such as UTC or Europe/Berlin.");
        }
    }

    private static <E extends Enum<E>> E choice(Optional<String> text, Class<E> type, E otherwise) {
        return text.map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    private static ScheduleId id(Context request) {
        return ScheduleId.parse(request.pathParam("schedule"));
    }

    private void queues(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "queues",
                ApiJson.array(services.state().queues().list().stream()
                        .map(ApiJson::queue)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void setQueue(Context request) {
        RequestBody body = RequestBody.of(request);
        services.state()
                .queues()
                .set(
                        request.pathParam("queue"),
                        body.number("priority").orElse(WorkQueue.DEFAULT_PRIORITY),
                        body.number("concurrency"),
                        body.flag("paused").orElse(false));
        services.signal().give();
        queues(request);
    }

    private void limits(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "limits",
                ApiJson.array(services.state().limits().list().stream()
                        .map(ApiJson::limit)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void setLimit(Context request) {
        services.state()
                .limits()
                .set(
                        request.pathParam("tag"),
                        RequestBody.of(request).number("concurrency").orElseThrow());
        services.signal().give();
        limits(request);
    }

    private void removeLimit(Context request) {
        services.state().limits().remove(request.pathParam("tag"));
        services.signal().give();
        request.status(204);
    }

    private void agents(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "agents",
                ApiJson.array(services.state().agents().list().stream()
                        .map(ApiJson::agent)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }
}
