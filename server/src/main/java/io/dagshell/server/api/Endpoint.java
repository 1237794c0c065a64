package io.dagshell.server.api;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One thing the API does, with all that is to be known of it: it is answered, checked and described from this alone, so
 * that none of the three can differ. Built once at start.
 */
final class Endpoint {
    /** A field of a body or an answer, or a parameter of a query. */
    record Field(String name, ApiType type, boolean required) {}

    private static final String FIELDS = "dagshell.fields";

    final HandlerType method;
    final String path;
    final String summary;
    final List<Field> query = new ArrayList<>();
    final List<Field> body = new ArrayList<>();
    final List<Field> answer = new ArrayList<>();
    final Handler handler;
    int status = 200;
    String produces = "application/json";
    String consumes = "application/json";
    long largest = Api.LARGEST_BODY;

    Endpoint(HandlerType method, String path, String summary, Handler handler) {
        this.method = method;
        this.path = path;
        this.summary = summary;
        this.handler = handler;
    }

    Endpoint query(String name, ApiType type) {
        query.add(new Field(name, type, false));
        return this;
    }

    Endpoint takes(String name, ApiType type) {
        body.add(new Field(name, type, false));
        return this;
    }

    Endpoint needs(String name, ApiType type) {
        body.add(new Field(name, type, true));
        return this;
    }

    Endpoint gives(String name, ApiType type) {
        answer.add(new Field(name, type, false));
        return this;
    }

    Endpoint gives(List<Field> fields) {
        answer.addAll(fields);
        return this;
    }

    Endpoint status(int success) {
        status = success;
        return this;
    }

    Endpoint content(String taken, String given) {
        consumes = taken;
        produces = given;
        return this;
    }

    /** Bytes the body may have. */
    Endpoint largest(long bytes) {
        largest = bytes;
        return this;
    }

    boolean hasBody() {
        return method == HandlerType.POST || method == HandlerType.PUT || method == HandlerType.PATCH;
    }

    boolean takesJson() {
        return consumes.equals("application/json");
    }

    /** Names the body of this request may have. */
    static List<String> fields(Context request) {
        List<String> names = request.attribute(FIELDS);
        return names == null ? List.of() : names;
    }

    /** Refuses what is not in the description, then answers. */
    void handle(Context request) throws Exception {
        List<String> known = query.stream().map(Field::name).toList();
        request.queryParamMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadRequestResponse("There is no parameter '" + name + "'; "
                            + (known.isEmpty() ? "this takes none." : "there are " + String.join(", ", known) + "."));
                });
        requireTypes(request);
        requireSize(request);
        request.attribute(FIELDS, body.stream().map(Field::name).toList());
        handler.handle(request);
        if (method == HandlerType.GET) {
            Tag.mark(request);
        }
    }

    private void requireTypes(Context request) {
        String type = request.header("Content-Type");
        if (hasBody() && !MediaTypes.is(type, consumes)) {
            throw new HttpResponseException(415, "The body is to be " + consumes + ", not " + type + ".", Map.of());
        }
        String accept = request.header("Accept");
        if (status != 204 && !MediaTypes.accepts(accept, produces)) {
            throw new HttpResponseException(
                    406, "This gives " + produces + ", and the request accepts " + accept + " only.", Map.of());
        }
    }

    /** Before any of it is read. */
    private void requireSize(Context request) {
        long size = request.req().getContentLengthLong();
        if (size > largest) {
            throw new TooLargeException(size, largest);
        }
    }
}
