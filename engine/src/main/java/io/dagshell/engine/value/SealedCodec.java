package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Sealed interfaces: the permitted class a value is of, then the value. */
final class SealedCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        Class<?> raw = Types.raw(type);
        return raw.isInterface() && raw.isSealed();
    }

    @Override
    public List<Type> parts(Type type) {
        return Arrays.stream(Types.raw(type).getPermittedSubclasses())
                .map(permitted -> Types.subtype(permitted, type))
                .toList();
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        values.digest(value, concrete(value, type), sink);
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        parts.add("", value, concrete(value, type), values);
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        return Objects.requireNonNull(Changeable.copy(value, concrete(value, type), values));
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return Changeable.changes(before, copy, concrete(before, type), values);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Type concrete = concrete(value, type);
        return JsonNodeFactory.instance
                .objectNode()
                .put("is", TypeNames.canonical(Types.raw(concrete)))
                .set("with", values.encode(value, concrete, blobs));
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        String name = Stored.text(Stored.field(stored, "is"));
        for (Type permitted : parts(type)) {
            if (TypeNames.canonical(Types.raw(permitted)).equals(name)) {
                Object value = values.decode(Stored.field(stored, "with"), permitted, blobs);
                if (value != null) {
                    return value;
                }
            }
        }
        throw new IOException(TypeNames.shortName(type) + " permits no " + name);
    }

    private Type concrete(Object value, Type type) {
        return parts(type).stream()
                .filter(permitted -> Types.raw(permitted).isInstance(value))
                .findFirst()
                .orElseThrow(() -> new UnsupportedValueException(
                        TypeNames.shortName(type) + " permits no " + TypeNames.shortName(value.getClass())));
    }
}
