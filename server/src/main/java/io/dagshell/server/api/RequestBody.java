package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.parameter.JsonForm;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The JSON object of a request, read strictly. Immutable. */
record RequestBody(ObjectNode json) {

    /**
     * Reads it, with the fields its endpoint has; an empty body is an empty object.
     */
    static RequestBody of(Context request) {
        String text = request.body();
        JsonNode node = text.isBlank()
                ? ApiJson.object()
                : JsonForm.parse(text).orElseThrow(() -> new BadRequestResponse("The request is no JSON."));
        if (!(node instanceof ObjectNode object)) {
            throw new BadRequestResponse("The request is no JSON object.");
        }
        List<String> names = Endpoint.fields(request);
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new BadRequestResponse("There is no field '" + name + "'; "
                        + (names.isEmpty() ? "there are none." : "there are " + String.join(", ", names) + "."));
            }
        });
        return new RequestBody(object);
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return find(name).map(node -> {
            if (!node.isTextual()) {
                throw wrong(name, "a text");
            }
            return node.textValue();
        });
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new BadRequestResponse("The field '" + name + "' is missing."));
    }

    OptionalInt number(String name) {
        Optional<JsonNode> node = find(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().canConvertToInt() || !node.get().isIntegralNumber()) {
            throw wrong(name, "a whole number");
        }
        return OptionalInt.of(node.get().intValue());
    }

    Optional<Boolean> flag(String name) {
        return find(name).map(node -> {
            if (!node.isBoolean()) {
                throw wrong(name, "true or false");
            }
            return node.booleanValue();
        });
    }

    Optional<ObjectNode> object(String name) {
        return find(name).map(node -> {
            if (!(node instanceof ObjectNode object)) {
                throw wrong(name, "an object");
            }
            return object;
        });
    }

    /** Names and texts; a value that is no text is refused. */
    Map<String, String> map(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(given -> given.properties().forEach(each -> {
                    if (!each.getValue().isTextual()) {
                        throw wrong(name, "an object of texts");
                    }
                    texts.put(each.getKey(), each.getValue().textValue());
                }));
        return texts;
    }

    List<JsonNode> list(String name) {
        List<JsonNode> items = new ArrayList<>();
        find(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw wrong(name, "a list");
            }
            node.forEach(items::add);
        });
        return items;
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(item -> {
                    if (!item.isTextual()) {
                        throw wrong(name, "a list of texts");
                    }
                    return item.textValue();
                })
                .toList();
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException noInstant) {
                throw wrong(name, "an instant such as 2026-01-31T06:00:00Z");
            }
        });
    }

    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException noDuration) {
                throw wrong(name, "a duration such as PT10M");
            }
        });
    }

    static BadRequestResponse wrong(String name, String wanted) {
        return new BadRequestResponse("The field '" + name + "' is " + wanted + ".");
    }
}
