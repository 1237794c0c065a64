package io.dagshell.server.web;

import io.dagshell.server.api.Tag;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Scripts and style of the dashboard, from the class path: it works without any other address. Stateless. */
final class Assets {
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> FILES = Map.of(
            "htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js",
            "dashboard.css", "dashboard.css",
            "dashboard.js", "dashboard.js",
            "icon.svg", "icon.svg");

    private Assets() {}

    static void answer(Context request) throws IOException {
        String file = request.pathParam("file");
        try (InputStream content = Assets.class.getResourceAsStream(FILES.getOrDefault(file, "none"))) {
            if (content == null) {
                throw new NotFoundResponse("There is no " + file + ".");
            }
            request.contentType(type(file));
            request.header("Cache-Control", "no-cache");
            request.result(content.readAllBytes());
            Tag.mark(request);
        }
    }

    private static String type(String file) {
        if (file.endsWith(".css")) {
            return "text/css";
        }
        return file.endsWith(".svg") ? "image/svg+xml" : "text/javascript";
    }
}
