package io.dagshell.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.view.MimeBundle;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The content of an artifact as a JSON object, MIME type to text. */
final class ArtifactJson {
    private ArtifactJson() {}

    static String write(MimeBundle bundle) {
        ObjectNode json = JsonTree.PLAIN.object();
        bundle.content().forEach(json::put);
        return JsonTree.PLAIN.text(json);
    }

    static MimeBundle read(String text) throws SQLException {
        try {
            Map<String, String> content = new LinkedHashMap<>();
            JsonNode json = JsonTree.PLAIN.read(text);
            json.fieldNames()
                    .forEachRemaining(type -> content.put(type, json.get(type).asText()));
            return new MimeBundle(content);
        } catch (IOException damaged) {
            throw new SQLException("an artifact is damaged", damaged);
        }
    }
}
