package io.dagshell.server;

import io.dagshell.store.Database;
import io.dagshell.store.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** {@code /health}: 200 when the database answers, 503 and the reason when it does not. Asks no token. */
final class Health implements Routes {
    private final Database database;

    Health(Database database) {
        this.database = database;
    }

    @Override
    public void add(RoutesConfig routes) {
        routes.get("/health", this::answer);
    }

    private void answer(Context request) {
        try {
            database.check();
            request.json(Map.of("status", "ok"));
        } catch (StoreException failed) {
            request.status(503);
            request.json(Map.of("status", "database", "detail", String.valueOf(failed.getMessage())));
        }
    }
}
