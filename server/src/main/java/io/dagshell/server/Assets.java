package io.dagshell.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Scripts and style of the dashboard, from the class path: it works without any other address. */
final class Assets implements Routes {
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> FILES = Map.of(
            "htmx.js",
            WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js",
            "sse.js",
            WEBJARS + "htmx-ext-sse/2.2.2/sse.js",
            "dashboard.css",
            "dashboard.css",
            "dashboard.js",
            "dashboard.js");

    @Override
    public void add(RoutesConfig routes) {
        routes.get("/assets/{file}", Assets::answer);
    }

    private static void answer(Context request) throws IOException {
        String file = request.pathParam("file");
        try (InputStream content = Assets.class.getResourceAsStream(FILES.getOrDefault(file, "none"))) {
            if (content == null) {
                throw new NotFoundResponse("There is no " + file + ".");
            }
            request.contentType(file.endsWith(".css") ? "text/css" : "text/javascript");
            request.header("Cache-Control", "max-age=3600");
            request.result(content.readAllBytes());
        }
    }
}
