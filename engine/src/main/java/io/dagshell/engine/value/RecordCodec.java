package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records, component by component, generic ones with the arguments they are declared with. */
final class RecordCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        Class<?> raw = Types.raw(type);
        return raw.isRecord() && RecordShape.of(raw).isOpen();
    }

    @Override
    public List<Type> parts(Type type) {
        return RecordShape.of(Types.raw(type)).components().stream()
                .map(component -> Types.in(type, component.type()))
                .toList();
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        RecordShape shape = shape(value, type);
        sink.tag("record")
                .text(TypeNames.canonical(Types.raw(type)))
                .integer(shape.components().size());
        for (RecordShape.Component component : shape.components()) {
            sink.text(component.name());
            values.digest(component.of(value), Types.in(type, component.type()), sink);
        }
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        for (RecordShape.Component component : shape(value, type).components()) {
            parts.add(component.name(), component.of(value), Types.in(type, component.type()), values);
        }
    }

    /** Made anew by its constructor, of copies of what can be changed. */
    @Override
    public Object copy(Object value, Type type, Codecs values) {
        RecordShape shape = shape(value, type);
        @Nullable Object[] copies = new @Nullable Object[shape.components().size()];
        for (int i = 0; i < copies.length; i++) {
            RecordShape.Component component = shape.components().get(i);
            copies[i] = Changeable.copy(component.of(value), Types.in(type, component.type()), values);
        }
        try {
            return shape.create(copies);
        } catch (IOException refused) {
            throw new UnsupportedValueException(
                    "a " + TypeNames.shortName(type) + " cannot be made again of its components");
        }
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        List<String> changes = new ArrayList<>();
        for (RecordShape.Component component : shape(before, type).components()) {
            changes.addAll(Changeable.changes(
                    component.of(before),
                    component.of(copy),
                    Types.in(type, component.type()),
                    values,
                    "`" + component.name() + "`"));
        }
        return changes;
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        for (RecordShape.Component component : shape(value, type).components()) {
            stored.add(values.encode(component.of(value), Types.in(type, component.type()), blobs));
        }
        return stored;
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        RecordShape shape = RecordShape.of(Types.raw(type));
        int size = shape.components().size();
        Stored.array(stored, size);
        @Nullable Object[] parts = new @Nullable Object[size];
        for (int i = 0; i < size; i++) {
            Type part = Types.in(type, shape.components().get(i).type());
            parts[i] = values.decode(stored.get(i), part, blobs);
        }
        return shape.create(parts);
    }

    private static RecordShape shape(Object value, Type type) {
        Declared.check(value, Types.raw(type));
        return RecordShape.of(Types.raw(type));
    }
}
