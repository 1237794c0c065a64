package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Bytes in stored form: a few as text, many as a blob. */
final class LargeBytes {
    private static final int MOST_INLINE = 4_096;

    private LargeBytes() {}

    static JsonNode encode(byte[] bytes, BlobWriter blobs) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (bytes.length <= MOST_INLINE) {
            return nodes.objectNode().put("base64", Base64.getEncoder().encodeToString(bytes));
        }
        return nodes.objectNode()
                .put("blob", blobs.write(out -> out.write(bytes)).hex());
    }

    static byte[] decode(JsonNode stored, BlobReader blobs) throws IOException {
        if (stored.has("base64")) {
            return Base64.getDecoder().decode(Stored.text(stored.get("base64")));
        }
        try (InputStream in = blobs.open(Stored.address(Stored.field(stored, "blob")))) {
            return in.readAllBytes();
        }
    }
}
