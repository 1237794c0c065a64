package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Json;
import java.io.IOException;
import java.util.Map;

/** MIME bundles as messages carry them: text as text, JSON as JSON. */
final class Bundles {

    private Bundles() {}

    static ObjectNode data(Map<String, String> bundle) {
        ObjectNode data = Json.object();
        bundle.forEach((type, content) -> put(data, type, content));
        return data;
    }

    private static void put(ObjectNode data, String type, String content) {
        if (isJson(type)) {
            try {
                data.set(type, Json.read(content));
                return;
            } catch (IOException notJson) {
                data.put(type, content);
                return;
            }
        }
        data.put(type, content);
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }
}
