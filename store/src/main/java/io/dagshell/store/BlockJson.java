package io.dagshell.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.json.JsonTree;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings as a JSON object: {@code {"type": "postgres", "host": "localhost", …}}. Numbers and booleans count as text. */
final class BlockJson {
    private BlockJson() {}

    /** Reads an object; the exception's message never holds a value. */
    static BlockSettings parse(String json, long version) {
        JsonNode node;
        try {
            node = JsonTree.PLAIN.read(json);
        } catch (JsonProcessingException failure) {
            var place = failure.getLocation();
            String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
            throw new IllegalArgumentException("it is no JSON" + where);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        return settings(node, version);
    }

    static BlockSettings settings(JsonNode object, long version) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isValueNode()) {
                throw new IllegalArgumentException("its field '" + field.getKey() + "' is no plain value");
            }
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue().asText());
            }
        }
        String type = fields.remove("type");
        if (type == null || type.isBlank()) {
            throw new IllegalArgumentException("it has no field 'type'");
        }
        return new BlockSettings(type, fields, version);
    }

    static ObjectNode object(BlockSettings settings) {
        ObjectNode object = JsonTree.PLAIN.object();
        object.put("type", settings.type());
        settings.fields().forEach(object::put);
        return object;
    }
}
