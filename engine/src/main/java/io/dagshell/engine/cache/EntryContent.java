package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a computation left: the stored form of its value and its log. In the entry where it is small, else in a blob, so
 * that looking through entries stays cheap.
 */
record EntryContent(JsonNode value, List<ResultCache.Line> lines) {
    private static final int MOST_INLINE = 1 << 16;

    EntryContent {
        lines = List.copyOf(lines);
    }

    JsonNode write(BlobWriter blobs) throws IOException {
        ObjectNode all = EntryJson.JSON.object();
        all.set("value", value);
        ArrayNode log = all.putArray("lines");
        lines.forEach(line -> log.addArray().add(line.level()).add(escaped(line.text())));
        byte[] bytes = EntryJson.JSON.bytes(all);
        ObjectNode content = EntryJson.JSON.object();
        return bytes.length <= MOST_INLINE
                ? content.set("inline", all)
                : content.put("blob", blobs.write(out -> out.write(bytes)).hex());
    }

    static EntryContent read(JsonNode content, BlobReader blobs) throws IOException {
        JsonNode inline = content.get("inline");
        if (inline != null) {
            return of(inline);
        }
        try (InputStream in = blobs.open(new Digest(content.path("blob").asText()))) {
            return of(EntryJson.JSON.read(in));
        }
    }

    private static EntryContent of(JsonNode all) throws IOException {
        JsonNode value = all.get("value");
        if (value == null) {
            throw new IOException("its record lacks 'value'");
        }
        List<ResultCache.Line> lines = new ArrayList<>();
        all.path("lines")
                .forEach(line -> lines.add(
                        new ResultCache.Line(line.path(0).asText(), line.path(1).asText())));
        return new EntryContent(value, lines);
    }

    /** JSON in UTF-8 has no place for half a surrogate pair. */
    static String escaped(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
