package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Type;

/** Enum constants, by name. */
final class EnumCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return Types.isEnum(type);
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        sink.tag("enum")
                .text(TypeNames.canonical(type))
                .text(constant(value, type).name());
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) {
        return TextNode.valueOf(constant(value, type).name());
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        String name = Stored.text(stored);
        for (Object constant : Types.raw(type).getEnumConstants()) {
            if (constant(constant, type).name().equals(name)) {
                return constant;
            }
        }
        throw new IOException("no " + TypeNames.shortName(type) + " is called " + name);
    }

    private static Enum<?> constant(Object value, Type type) {
        return (Enum<?>) Declared.check(value, Types.raw(type));
    }
}
