package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.server.api.Endpoint.Field;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The JSON object of a request, which has the fields that its endpoint describes, and no others. Immutable. */
record RequestBody(ObjectNode json) {

    /** Of a request whose endpoint has read it. */
    static RequestBody of(Context request) {
        return Endpoint.body(request);
    }

    /** Reads one that has these fields; an empty one is an empty object. */
    static RequestBody read(Context request, List<Field> fields) {
        String text = request.body();
        JsonNode node = text.isEmpty()
                ? ApiJson.object()
                : JsonForm.parse(text).orElseThrow(() -> new BadRequestResponse("The request is no JSON."));
        if (!(node instanceof ObjectNode object)) {
            throw new BadRequestResponse("The request is no JSON object.");
        }
        List<String> names = fields.stream().map(Field::name).toList();
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new BadRequestResponse("There is no field '" + name + "'; "
                        + (names.isEmpty() ? "there are none." : "there are " + String.join(", ", names) + "."));
            }
        });
        fields.forEach(field -> check(field, object.path(field.name())));
        return new RequestBody(object);
    }

    private static void check(Field field, JsonNode value) {
        boolean missing = value.isMissingNode() || value.isNull();
        if (missing && field.required()) {
            throw new BadRequestResponse("The field '" + field.name() + "' is missing.");
        }
        if (!missing && !field.type().fits(value)) {
            throw wrong("field", field);
        }
    }

    /** Why what was given for {@code field} is refused. */
    static BadRequestResponse wrong(String what, Field field) {
        return new BadRequestResponse(
                "The " + what + " '" + field.name() + "' is " + field.type().wanted() + ".");
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return find(name).map(JsonNode::textValue);
    }

    String required(String name) {
        return text(name).orElseThrow();
    }

    OptionalInt number(String name) {
        return find(name).map(JsonNode::intValue).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** A number that need not fit an int. */
    long place(String name) {
        return find(name).map(JsonNode::longValue).orElseThrow();
    }

    Optional<Boolean> flag(String name) {
        return find(name).map(JsonNode::booleanValue);
    }

    Optional<ObjectNode> object(String name) {
        return find(name).map(ObjectNode.class::cast);
    }

    /** Names and texts. */
    Map<String, String> map(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(given -> given.properties()
                        .forEach(
                                each -> texts.put(each.getKey(), each.getValue().textValue())));
        return texts;
    }

    List<JsonNode> list(String name) {
        List<JsonNode> items = new ArrayList<>();
        find(name).ifPresent(node -> node.forEach(items::add));
        return items;
    }

    List<String> texts(String name) {
        return list(name).stream().map(JsonNode::textValue).toList();
    }

    Optional<Instant> instant(String name) {
        return text(name).map(Instant::parse);
    }

    Optional<Duration> duration(String name) {
        return text(name).map(Duration::parse);
    }
}
