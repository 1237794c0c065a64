package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Declared enum maps: a map in the order of its constants. */
final class EnumMapCodec implements Codec {
    private final MapCodec map = new MapCodec();

    @Override
    public boolean handles(Type type) {
        return Types.raw(type) == EnumMap.class && Types.isEnum(Types.argument(type, 0));
    }

    @Override
    public List<Type> parts(Type type) {
        return map.parts(type);
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        map.digest(value, asMap(type), sink, values);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        return map.encode(value, asMap(type), blobs, values);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return filled((Map<?, ?>) map.decode(stored, asMap(type), blobs, values), Types.raw(Types.argument(type, 0)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the key type is an enum, see handles
    private static Object filled(Map<?, ?> entries, Class<?> keys) {
        EnumMap filled = new EnumMap(keys.asSubclass(Enum.class));
        filled.putAll(entries);
        return filled;
    }

    private static Type asMap(Type type) {
        return new Types.Parameterized(Map.class, List.of(Types.argument(type, 0), Types.argument(type, 1)));
    }
}
