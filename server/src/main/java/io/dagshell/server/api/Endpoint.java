package io.dagshell.server.api;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing the API does, with all that is to be known of it: it is answered, checked and described from this alone, so
 * that none of the three can differ. Built once at start.
 */
final class Endpoint {
    /** A field of a body or an answer, or a parameter of a query. */
    record Field(String name, ApiType type, boolean required) {
        static Field always(String name, ApiType type) {
            return new Field(name, type, true);
        }

        static Field maybe(String name, ApiType type) {
            return new Field(name, type, false);
        }
    }

    private static final Map<String, ApiType> IDS =
            Map.of("run", ApiType.ID, "schedule", ApiType.ID, "backfill", ApiType.ID);
    private static final String BODY = "dagshell.body";
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    final HandlerType method;
    final String path;
    final String summary;
    final List<Field> query = new ArrayList<>();
    final List<Field> headers = new ArrayList<>();
    final List<Field> body = new ArrayList<>();
    final List<Field> answer = new ArrayList<>();
    final Handler handler;
    private final Map<String, ApiType> places = new HashMap<>(IDS);
    private final SortedSet<Integer> refusals = new TreeSet<>();
    Optional<Shape> shape = Optional.empty();
    boolean mayBeEmpty;
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

    /** What a name in the path is; a text if nothing is said. */
    Endpoint place(String name, ApiType type) {
        places.put(name, type);
        return this;
    }

    Endpoint header(String name, ApiType type) {
        headers.add(Field.maybe(name, type));
        return this;
    }

    /** It may also answer 204. */
    Endpoint orEmpty() {
        mayBeEmpty = true;
        return this;
    }

    /** Says no with this status too; most are known from what it takes. */
    Endpoint refuses(int status) {
        refusals.add(status);
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
        answer.add(Field.always(name, type));
        return this;
    }

    Endpoint mayGive(String name, ApiType type) {
        answer.add(Field.maybe(name, type));
        return this;
    }

    Endpoint gives(Shape object) {
        shape = Optional.of(object);
        answer.addAll(object.fields());
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

    /** What is to be asked with {@code If-None-Match}. */
    boolean isTagged() {
        return method == HandlerType.GET && produces.equals("application/json");
    }

    /** Names in the path, in their order. */
    List<Field> path() {
        return IN_PATH.matcher(path)
                .results()
                .map(found -> found.group(1))
                .map(name -> Field.always(name, places.getOrDefault(name, ApiType.TEXT)))
                .toList();
    }

    /** Statuses with which it says no. */
    SortedSet<Integer> refusals() {
        SortedSet<Integer> all = new TreeSet<>(refusals);
        all.addAll(List.of(400, 401, 403, 500, 503));
        if (!path().isEmpty()) {
            all.addAll(List.of(404, 422));
        }
        if (!query.isEmpty()) {
            all.add(422);
        }
        if (status != 204) {
            all.add(406);
        }
        if (hasBody()) {
            all.addAll(List.of(413, 415, 422));
        }
        return all;
    }

    /** The body of this request, which fits its description. */
    static RequestBody body(Context request) {
        RequestBody body = request.attribute(BODY);
        return Objects.requireNonNull(body, "of this endpoint no body is read");
    }

    /** Refuses what is not in the description, then answers. */
    void handle(Context request) throws Exception {
        requireQuery(request);
        requireTypes(request);
        requireSize(request);
        if (hasBody() && takesJson()) {
            request.attribute(BODY, RequestBody.read(request, body));
        }
        handler.handle(request);
        if (method == HandlerType.GET) {
            Tag.mark(request);
        }
    }

    private void requireQuery(Context request) {
        request.queryParamMap().forEach((name, values) -> {
            Field field = query.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BadRequestResponse("There is no parameter '" + name + "'; "
                            + (query.isEmpty()
                                    ? "this takes none."
                                    : "there are "
                                            + query.stream().map(Field::name).collect(Collectors.joining(", "))
                                            + ".")));
            boolean several = field.type().isList();
            if (!several && values.size() > 1) {
                throw new BadRequestResponse("The parameter '" + name + "' is there more than once.");
            }
            if (!values.stream().allMatch(field.type()::fits)) {
                throw RequestBody.wrong("parameter", field);
            }
        });
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
