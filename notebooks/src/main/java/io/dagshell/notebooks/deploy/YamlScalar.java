package io.dagshell.notebooks.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.engine.yaml.YamlDocument;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import io.dagshell.engine.yaml.YamlNode.Scalar;
import io.dagshell.engine.yaml.YamlProblem;

/** Values as people write them in YAML on one line. */
final class YamlScalar {
    /** Numbers keep their digits: 1.50 stays 1.50. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private YamlScalar() {}

    /** Canonical JSON as YAML: text without quotes where that reads back as the same text; lists and maps as in JSON. */
    static String of(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return node.isTextual() && isPlain(node.textValue()) ? node.textValue() : spaced(node);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not JSON: " + json, notJson);
        }
    }

    /** Text as YAML. */
    static String text(String text) {
        return isPlain(text) ? text : JSON.getNodeFactory().textNode(text).toString();
    }

    private static String spaced(JsonNode node) {
        if (!node.isArray()) {
            return node.toString();
        }
        StringBuilder list = new StringBuilder("[");
        node.forEach(item -> list.append(list.length() > 1 ? ", " : "").append(spaced(item)));
        return list.append(']').toString();
    }

    // Words that YAML 1.1 reads as booleans are quoted too, for other tools read this file with other parsers.
    private static boolean isPlain(String text) {
        if (!text.matches("[A-Za-z_/.][^\\n\\r\\t\"'\\\\{}\\[\\]]*")
                || text.matches("(?i)y|n|yes|no|on|off|true|false|null")) {
            return false;
        }
        try {
            Mapping back = YamlDocument.read("value: " + text + "\nnext: 1\n");
            return back.find("value").orElseThrow().value() instanceof Scalar scalar
                    && scalar.isText()
                    && text.equals(scalar.text());
        } catch (YamlProblem notYaml) {
            return false;
        }
    }
}
