package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The closed set of codecs of a process. Immutable and thread-safe. */
public interface Codecs {

    /** No codec for anything. */
    static Codecs none() {
        return NoCodecs.NONE;
    }

    /** The codec for values of that declared type, or empty: then a task with it is "not cached", in words. */
    Optional<Codec> forType(Type type);

    /** The first type without codec among {@code type} and all that its values may hold. */
    default Optional<Type> missing(Type type) {
        return MissingCodec.search(type, this);
    }

    /** Digests a value or part of a value, {@code null} included. */
    default void digest(@Nullable Object value, Type type, DigestSink sink) {
        if (value == null) {
            sink.absent();
            return;
        }
        Type known = Types.bound(type);
        Codec codec = require(known);
        if (!codec.apart()) {
            codec.digest(value, known, sink, this);
            return;
        }
        byte[] content = contentOf(value, known, codec, sink).raw();
        sink.tag("apart").bytes(content, 0, content.length);
    }

    /** The stored form of a value or part of a value, {@code null} included. */
    default JsonNode encode(@Nullable Object value, Type type, BlobWriter blobs) throws IOException {
        Type known = Types.bound(type);
        return value == null ? NullNode.getInstance() : require(known).encode(value, known, blobs, this);
    }

    /** The value or part of a value back from its stored form. */
    default @Nullable Object decode(JsonNode stored, Type type, BlobReader blobs) throws IOException {
        Type known = Types.bound(type);
        return stored.isNull() ? null : require(known).decode(stored, known, blobs, this);
    }

    private Digest contentOf(Object value, Type type, Codec codec, DigestSink sink) {
        Optional<Digest> known = value instanceof Digested digested ? digested.contentDigest() : Optional.empty();
        return known.orElseGet(() -> {
            DigestSink own = sink.fresh();
            codec.digest(value, type, own, this);
            return own.finish();
        });
    }

    private Codec require(Type type) {
        return forType(type)
                .orElseThrow(() -> new UnsupportedValueException("no codec for " + TypeNames.shortName(type)));
    }
}
