package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Strings: short ones as JSON text, long ones as a blob, and ones that UTF-8 cannot hold as UTF-16. */
final class StringCodec implements Codec {
    private static final int LONGEST_INLINE = 16_384;

    @Override
    public boolean handles(Type type) {
        return type == String.class;
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        sink.text(Declared.check(value, String.class));
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        String text = Declared.check(value, String.class);
        if (!Texts.isWellFormed(text)) {
            return JsonNodeFactory.instance.objectNode().set("utf16", LargeBytes.encode(Texts.utf16(text), blobs));
        }
        if (text.length() <= LONGEST_INLINE) {
            return TextNode.valueOf(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonNodeFactory.instance.objectNode().set("utf8", LargeBytes.encode(bytes, blobs));
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        if (stored.isTextual()) {
            return stored.textValue();
        }
        return stored.has("utf16")
                ? Texts.ofUtf16(LargeBytes.decode(stored.get("utf16"), blobs))
                : new String(LargeBytes.decode(Stored.field(stored, "utf8"), blobs), StandardCharsets.UTF_8);
    }
}
