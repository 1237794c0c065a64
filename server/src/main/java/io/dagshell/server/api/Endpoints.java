package io.dagshell.server.api;

import static io.dagshell.server.api.ApiType.FLAG;
import static io.dagshell.server.api.ApiType.INSTANT;
import static io.dagshell.server.api.ApiType.NUMBER;
import static io.dagshell.server.api.ApiType.OBJECT;
import static io.dagshell.server.api.ApiType.STATE;
import static io.dagshell.server.api.ApiType.TEXT;
import static io.dagshell.server.api.ApiType.TEXTS;

import io.dagshell.server.api.Endpoint.Field;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** All the API does, in order. Filled at start, then read. */
final class Endpoints {
    static final List<Field> RUN = List.of(
            field("run", TEXT),
            field("flow", TEXT),
            field("state", STATE),
            field("parameters", ApiType.ANY),
            field("deployment", TEXT),
            field("version", TEXT),
            field("due", INSTANT),
            field("queue", TEXT),
            field("jdk", NUMBER),
            field("createdBy", TEXT),
            field("attempt", NUMBER),
            field("reason", TEXT),
            field("agent", TEXT),
            field("created", INSTANT),
            field("started", INSTANT),
            field("finished", INSTANT));
    static final List<Field> DEPLOYMENT = List.of(
            field("name", TEXT),
            field("version", TEXT),
            field("flow", TEXT),
            field("jdk", NUMBER),
            field("queue", TEXT),
            field("description", TEXT),
            field("tags", TEXTS),
            field("concurrency", NUMBER),
            field("retries", NUMBER),
            field("retryDelay", ApiType.DURATION),
            field("parameters", ApiType.ANY),
            field("paused", FLAG),
            field("created", INSTANT),
            field("updated", INSTANT));
    static final List<Field> SCHEDULE = List.of(
            field("id", TEXT),
            field("deployment", TEXT),
            field("cron", TEXT),
            field("zone", TEXT),
            field("every", ApiType.DURATION),
            field("anchor", INSTANT),
            field("parameters", OBJECT),
            field("active", FLAG),
            field("overlap", TEXT),
            field("catchUp", TEXT),
            field("fromFile", FLAG),
            field("nextDue", INSTANT));

    private final List<Endpoint> all = new ArrayList<>();

    private static Field field(String name, ApiType type) {
        return new Field(name, type, false);
    }

    Endpoint get(String path, String summary, Handler handler) {
        return add(HandlerType.GET, path, summary, handler);
    }

    Endpoint post(String path, String summary, Handler handler) {
        return add(HandlerType.POST, path, summary, handler);
    }

    Endpoint put(String path, String summary, Handler handler) {
        return add(HandlerType.PUT, path, summary, handler);
    }

    Endpoint patch(String path, String summary, Handler handler) {
        return add(HandlerType.PATCH, path, summary, handler);
    }

    Endpoint delete(String path, String summary, Handler handler) {
        return add(HandlerType.DELETE, path, summary, handler).status(204);
    }

    private Endpoint add(HandlerType method, String path, String summary, Handler handler) {
        Endpoint endpoint = new Endpoint(method, path, summary, handler);
        all.add(endpoint);
        return endpoint;
    }

    List<Endpoint> all() {
        return List.copyOf(all);
    }

    void add(RoutesConfig routes) {
        all.forEach(each -> routes.addHttpHandler(each.method, each.path, each::handle));
    }
}
