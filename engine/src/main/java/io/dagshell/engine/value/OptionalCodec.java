package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** Optional values: a list of none or one. */
final class OptionalCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return Types.raw(type) == Optional.class;
    }

    @Override
    public List<Type> parts(Type type) {
        return List.of(Types.argument(type, 0));
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Optional<?> optional = Declared.check(value, Optional.class);
        sink.tag("optional").bool(optional.isPresent());
        optional.ifPresent(content -> values.digest(content, Types.argument(type, 0), sink));
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        Declared.check(value, Optional.class)
                .ifPresentOrElse(
                        content -> parts.add("", content, Types.argument(type, 0), values),
                        () -> parts.whole(value, type, values));
    }

    @Override
    public Object copy(Object value, Type type, Codecs values) {
        return Declared.check(value, Optional.class)
                .map(each -> Changeable.copy(each, Types.argument(type, 0), values));
    }

    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return Changeable.changes(
                Declared.check(before, Optional.class).orElse(null),
                Declared.check(copy, Optional.class).orElse(null),
                Types.argument(type, 0),
                values);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        Optional<?> optional = Declared.check(value, Optional.class);
        if (optional.isPresent()) {
            stored.add(values.encode(optional.get(), Types.argument(type, 0), blobs));
        }
        return stored;
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        if (Stored.array(stored).isEmpty()) {
            return Optional.empty();
        }
        Stored.array(stored, 1);
        return Optional.ofNullable(values.decode(stored.get(0), Types.argument(type, 0), blobs));
    }
}
