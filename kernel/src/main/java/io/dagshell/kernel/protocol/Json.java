package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON of messages as trees. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** A new object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads one value; what is no JSON throws. */
    public static JsonNode read(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    /** An object, or what is wrong with it. */
    static ObjectNode readObject(byte[] bytes, String what) throws BadMessage {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException broken) {
            throw new BadMessage(what + " is no JSON", broken);
        }
        throw new BadMessage(what + " is no JSON object");
    }

    /** Writes through a string: the byte generator refuses half a surrogate pair, which user code may well print. */
    public static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    /** The value on one line. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }
}
