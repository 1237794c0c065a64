package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings JSON into the one form of its type, or finds that it does not fit. Stateless. */
final class Canonical {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private Canonical() {}

    /** The canonical form of {@code node}; empty if it is not of that shape. */
    static Optional<JsonNode> of(JsonNode node, TypeShape shape) {
        if (shape instanceof TypeShape.Maybe maybe) {
            return node.isNull() ? Optional.of(node) : of(node, maybe.value());
        }
        if (node.isNull() || node.isMissingNode()) {
            return Optional.empty();
        }
        if (shape instanceof TypeShape.OneWord word) {
            return word.scalar().ofJson(node).map(word.scalar()::toJson);
        }
        if (shape instanceof TypeShape.ListOf list) {
            return node.isArray() ? array(node, list) : Optional.empty();
        }
        if (shape instanceof TypeShape.MapOf map) {
            return node.isObject() ? object((ObjectNode) node, map) : Optional.empty();
        }
        if (shape instanceof TypeShape.Choice choice) {
            return node.isTextual() && choice.constants().contains(node.textValue())
                    ? Optional.of(node)
                    : Optional.empty();
        }
        return Optional.of(node);
    }

    private static Optional<JsonNode> array(JsonNode node, TypeShape.ListOf shape) {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode element : node) {
            Optional<JsonNode> canonical = of(element, shape.element());
            if (canonical.isEmpty()) {
                return Optional.empty();
            }
            elements.add(canonical.get());
        }
        return Optional.of(shape.distinct() ? set(elements) : list(elements));
    }

    static ArrayNode list(List<JsonNode> elements) {
        return JSON.arrayNode().addAll(elements);
    }

    /** Sets have no order of their own: by their text, each once. */
    static ArrayNode set(List<JsonNode> elements) {
        return list(elements.stream()
                .distinct()
                .sorted(Comparator.comparing(JsonForm::canonical))
                .toList());
    }

    private static Optional<JsonNode> object(ObjectNode node, TypeShape.MapOf shape) {
        Map<String, JsonNode> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<JsonNode> key = of(JSON.textNode(field.getKey()), shape.key());
            Optional<JsonNode> value = of(field.getValue(), shape.value());
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            fields.put(key.get().asText(), value.get());
        }
        ObjectNode sorted = JSON.objectNode();
        fields.forEach(sorted::set);
        return Optional.of(sorted);
    }
}
