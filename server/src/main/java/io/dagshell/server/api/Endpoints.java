package io.dagshell.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** All the API does, in order. Filled at start, then read. */
final class Endpoints {
    private final List<Endpoint> all = new ArrayList<>();

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
