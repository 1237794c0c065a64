package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of objects, arrays of arrays included. */
final class ArrayCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return type instanceof GenericArrayType || (type instanceof Class<?> array && array.isArray());
    }

    @Override
    public List<Type> parts(Type type) {
        return List.of(Types.component(type));
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Object[] array = Declared.check(value, Object[].class);
        sink.tag("array").integer(array.length);
        for (Object each : array) {
            values.digest(each, Types.component(type), sink);
        }
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        @Nullable Object[] copies = Declared.check(value, Object[].class).clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = Changeable.copy(copies[i], Types.component(type), values);
        }
        return copies;
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        Object[] items = Declared.check(before, Object[].class);
        Object[] copies = Declared.check(copy, Object[].class);
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            changes.addAll(Changeable.changes(items[i], copies[i], Types.component(type), values, "element " + i));
        }
        return changes;
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        for (Object each : Declared.check(value, Object[].class)) {
            stored.add(values.encode(each, Types.component(type), blobs));
        }
        return stored;
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        Type component = Types.component(type);
        Object array =
                Array.newInstance(Types.raw(component), Stored.array(stored).size());
        for (int i = 0; i < stored.size(); i++) {
            Array.set(array, i, values.decode(stored.get(i), component, blobs));
        }
        return array;
    }
}
