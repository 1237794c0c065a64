package io.dagshell.engine.parameter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.json.JsonTree;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of parameter types as canonical JSON and back: numbers, truth values, text, dates and times, addresses, paths,
 * enums by name, records by component, lists, sets, maps, arrays and Optionals of them. Equal values give equal text.
 * Stateless and thread-safe.
 */
public final class JsonForm {
    private static final JsonTree JSON = JsonTree.exact(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private JsonForm() {}

    /**
     * The Java value.
     *
     * @throws ParameterException it does not fit the type
     */
    public static @Nullable Object toJava(JsonNode node, Type type) {
        return JavaForm.read(node, type);
    }

    /**
     * The JSON of a value of that declared type.
     *
     * @throws ParameterException the type has no JSON form
     */
    public static JsonNode toJson(@Nullable Object value, Type type) {
        return JavaForm.write(value, type);
    }

    /** The JSON of a value whose declared type is not known; empty if it has none or is too large to be shown. */
    public static Optional<JsonNode> ofValue(@Nullable Object value) {
        return RuntimeForm.of(value);
    }

    /** The text of {@code node}: fields in order of their names, no spaces. */
    public static String canonical(JsonNode node) {
        return JSON.text(sorted(node));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode result = JSON.object();
            fields.forEach(result::set);
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JSON.array();
            array.forEach(element -> result.add(sorted(element)));
            return result;
        }
        return node;
    }

    /** Reads JSON text; empty if it is none. Numbers keep all their digits. */
    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = JSON.read(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }
}
