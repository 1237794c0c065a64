package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Reads stored forms strictly: what is not what it should be is an {@link IOException}, never a silent zero. */
final class Stored {
    private Stored() {}

    static String text(JsonNode node) throws IOException {
        return check(node, node.isTextual(), "text").textValue();
    }

    static long integer(JsonNode node) throws IOException {
        return check(node, node.isIntegralNumber() && node.canConvertToLong(), "an integer")
                .longValue();
    }

    static boolean bool(JsonNode node) throws IOException {
        return check(node, node.isBoolean(), "true or false").booleanValue();
    }

    static JsonNode array(JsonNode node) throws IOException {
        return check(node, node.isArray(), "a list");
    }

    static JsonNode array(JsonNode node, int size) throws IOException {
        return check(node, node.isArray() && node.size() == size, "a list of " + size);
    }

    static JsonNode field(JsonNode node, String name) throws IOException {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new IOException("stored value lacks '" + name + "'");
        }
        return field;
    }

    static Digest address(JsonNode node) throws IOException {
        String hex = text(node);
        try {
            return new Digest(hex);
        } catch (IllegalArgumentException notOne) {
            throw new IOException("stored value names no blob: " + hex, notOne);
        }
    }

    private static JsonNode check(JsonNode node, boolean fits, String expected) throws IOException {
        if (!fits) {
            throw new IOException("stored value is " + node.getNodeType() + ", not " + expected);
        }
        return node;
    }
}
