package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;

/** A key with its value; comes back immutable. */
final class MapEntryCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return Types.raw(type) == Map.Entry.class;
    }

    @Override
    public List<Type> parts(Type type) {
        return List.of(Types.argument(type, 0), Types.argument(type, 1));
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Map.Entry<?, ?> entry = Declared.check(value, Map.Entry.class);
        sink.tag("entry");
        values.digest(entry.getKey(), Types.argument(type, 0), sink);
        values.digest(entry.getValue(), Types.argument(type, 1), sink);
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        Map.Entry<?, ?> entry = Declared.check(value, Map.Entry.class);
        return new AbstractMap.SimpleImmutableEntry<>(
                entry.getKey(), Changeable.copy(entry.getValue(), Types.argument(type, 1), values));
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return Changeable.changes(
                Declared.check(before, Map.Entry.class).getValue(),
                Declared.check(copy, Map.Entry.class).getValue(),
                Types.argument(type, 1),
                values,
                "the value");
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Map.Entry<?, ?> entry = Declared.check(value, Map.Entry.class);
        return JsonNodeFactory.instance
                .arrayNode()
                .add(values.encode(entry.getKey(), Types.argument(type, 0), blobs))
                .add(values.encode(entry.getValue(), Types.argument(type, 1), blobs));
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        JsonNode pair = Stored.array(stored, 2);
        return new AbstractMap.SimpleImmutableEntry<>(
                values.decode(pair.get(0), Types.argument(type, 0), blobs),
                values.decode(pair.get(1), Types.argument(type, 1), blobs));
    }
}
