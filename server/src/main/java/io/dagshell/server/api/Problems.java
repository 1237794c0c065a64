package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.store.StoreException;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.io.EofException;

/** What cannot be done, as problem details (RFC 9457); to people's pages, as the sentence alone. */
public final class Problems {
    private static final String TYPE = "application/problem+json";

    private Problems() {}

    /** Adds the handlers of exceptions. */
    public static void add(RoutesConfig routes) {
        routes.exception(RefusedException.class, (refused, request) -> tell(request, status(refused), refused));
        routes.exception(ParameterException.class, (misfit, request) -> tell(request, 422, misfit));
        routes.exception(InvalidDeploymentException.class, (invalid, request) -> tell(request, 422, invalid));
        routes.exception(StoreException.class, (failed, request) -> tell(request, 503, failed));
        routes.exception(MethodNotAllowedResponse.class, Problems::otherMethod);
        // Ids and names check themselves where they are made.
        routes.exception(IllegalArgumentException.class, (misfit, request) -> tell(request, 422, misfit));
        routes.exception(TooLargeException.class, (large, request) -> tell(request, 413, large));
        routes.exception(
                HttpResponseException.class, (told, request) -> tell(request, told.getStatus(), sentence(told)));
        routes.exception(EofException.class, Problems::hungUp);
        routes.exception(Exception.class, Problems::unexpected);
    }

    private static void otherMethod(MethodNotAllowedResponse refused, Context request) {
        String allowed = refused.getDetails().getOrDefault("availableMethods", "");
        request.header("Allow", allowed);
        tell(request, 405, "That is not done with " + request.method().name() + "; there are " + allowed + ".");
    }

    /** A body whose length was not said, cut off while it was read. */
    private static String sentence(HttpResponseException told) {
        return told.getStatus() == 413
                ? "The body is larger than the " + (Api.LARGEST_BODY >> 20) + " MB that this takes."
                : String.valueOf(told.getMessage());
    }

    private static int status(RefusedException refused) {
        return switch (refused.why()) {
            case UNKNOWN -> 404;
            case INVALID -> 422;
            case CONFLICT -> 409;
        };
    }

    /** Nobody is there to be told, and nothing is wrong here. */
    private static void hungUp(Exception end, Context request) {
        System.getLogger(Problems.class.getName())
                .log(System.Logger.Level.DEBUG, "whoever sent to " + request.path() + " hung up");
        request.status(400);
    }

    private static void unexpected(Exception failure, Context request) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        System.getLogger(Problems.class.getName())
                .log(System.Logger.Level.ERROR, "request " + mark + " failed: " + request.path(), failure);
        tell(request, 500, "The server failed at this; its log has the reason at " + mark + ".");
    }

    private static void tell(Context request, int status, Exception why) {
        tell(request, status, String.valueOf(why.getMessage()));
    }

    private static void tell(Context request, int status, String sentence) {
        request.status(status);
        if (!request.path().startsWith("/api/")) {
            request.contentType("text/plain; charset=utf-8");
            request.result(sentence);
            return;
        }
        ObjectNode problem = ApiJson.object().put("type", "about:blank");
        problem.put("title", title(status)).put("status", status).put("detail", sentence);
        request.contentType(TYPE);
        // As bytes: a text of a type that Jetty does not know as JSON would be sent in Latin-1.
        request.result(problem.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String title(int status) {
        return io.javalin.http.HttpStatus.forStatus(status).getMessage();
    }
}
