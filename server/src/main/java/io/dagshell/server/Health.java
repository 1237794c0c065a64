package io.dagshell.server;

import io.dagshell.store.RunStore;
import io.dagshell.store.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** {@code /health}: 200 when the database answers, 503 and the reason when it does not. Asks no token. */
final class Health implements Routes {
    private final RunStore runs;

    Health(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public void add(RoutesConfig routes) {
        routes.get("/health", this::answer);
    }

    private void answer(Context request) {
        try {
            runs.runs(1);
            request.json(Map.of("status", "ok"));
        } catch (StoreException failed) {
            request.status(503);
            request.json(Map.of("status", "database", "detail", String.valueOf(failed.getMessage())));
        }
    }
}
