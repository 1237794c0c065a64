package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Declared enum sets: a set in the order of its constants. */
final class EnumSetCodec implements Codec {
    private final SetCodec set = new SetCodec();

    @Override
    public boolean handles(Type type) {
        return Types.raw(type) == EnumSet.class && Types.isEnum(Types.argument(type, 0));
    }

    @Override
    public List<Type> parts(Type type) {
        return set.parts(type);
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        set.digest(value, asSet(type), sink, values);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        return set.encode(value, asSet(type), blobs, values);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        Object plain = set.decode(stored, asSet(type), blobs, values);
        return filled((Collection<?>) plain, Types.raw(Types.argument(type, 0)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the element type is an enum, see handles
    private static Object filled(Collection<?> items, Class<?> constants) {
        EnumSet filled = EnumSet.noneOf(constants.asSubclass(Enum.class));
        filled.addAll(items);
        return filled;
    }

    private static Type asSet(Type type) {
        return new Types.Parameterized(Set.class, List.of(Types.argument(type, 0)));
    }
}
