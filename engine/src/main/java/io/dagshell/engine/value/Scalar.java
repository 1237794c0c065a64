package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A value of one class (or its primitive) that is a single item: a number, a date, an identifier.
 *
 * @param tag keeps it apart from other scalars with the same item
 */
record Scalar<T>(Class<T> type, String tag, BiConsumer<T, DigestSink> item, Function<T, JsonNode> write, Reader<T> read)
        implements Codec {

    /** Back from stored form. */
    interface Reader<T> {
        T read(JsonNode stored) throws IOException;
    }

    /** A type whose text says all of it, and in ASCII. */
    static <T> Scalar<T> text(Class<T> type, String tag, Function<T, String> write, Function<String, T> read) {
        return new Scalar<>(
                type,
                tag,
                (value, sink) -> sink.text(write.apply(value)),
                value -> TextNode.valueOf(write.apply(value)),
                stored -> read.apply(Stored.text(stored)));
    }

    @Override
    public boolean handles(Type declared) {
        return declared == type || declared == primitive();
    }

    /** {@code int} for {@code Integer}; the class itself if it has none. */
    Class<?> primitive() {
        return MethodType.methodType(type).unwrap().returnType();
    }

    @Override
    public void digest(Object value, Type declared, DigestSink sink, Codecs values) {
        item.accept(Declared.check(value, type), sink.tag(tag));
    }

    @Override
    public JsonNode encode(Object value, Type declared, BlobWriter blobs, Codecs values) {
        return write.apply(Declared.check(value, type));
    }

    @Override
    public Object decode(JsonNode stored, Type declared, BlobReader blobs, Codecs values) throws IOException {
        return read.read(stored);
    }
}
