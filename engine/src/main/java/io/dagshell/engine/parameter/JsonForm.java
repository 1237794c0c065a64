package io.dagshell.engine.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as canonical JSON. Stateless and thread-safe. */
public final class JsonForm {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonForm() {}

    public static Optional<JsonNode> ofValue(@Nullable Object value) {
        if (value instanceof String text) {
            return Optional.of(JsonNodeFactory.instance.textNode(text));
        }
        if (value instanceof Integer number) {
            return Optional.of(JsonNodeFactory.instance.numberNode(number));
        }
        return Optional.empty();
    }

    public static String canonical(JsonNode node) {
        try {
            return MAPPER.writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(MAPPER.treeToValue(node, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
