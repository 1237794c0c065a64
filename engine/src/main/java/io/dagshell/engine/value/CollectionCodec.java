package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A declared {@code Collection}: a set if it is one, otherwise its elements in order. */
final class CollectionCodec implements Codec {
    private final ListCodec list = new ListCodec();
    private final SetCodec set = new SetCodec();

    @Override
    public boolean handles(Type type) {
        return Types.raw(type) == Collection.class;
    }

    @Override
    public List<Type> parts(Type type) {
        return list.parts(type);
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        (value instanceof Set ? set : list).digest(value, type, sink, values);
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        return (value instanceof Set ? set : list).copy(value, type, values);
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return (before instanceof Set ? set : list).changes(before, copy, type, values);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Codec codec = value instanceof Set ? set : list;
        return JsonNodeFactory.instance
                .objectNode()
                .set(codec == set ? "set" : "list", codec.encode(value, type, blobs, values));
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return stored.has("set")
                ? set.decode(stored.get("set"), type, blobs, values)
                : list.decode(Stored.field(stored, "list"), type, blobs, values);
    }
}
