package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Port: one family of values as canonical digest and as stored form. A closed set, put together by the composition
 * root; never Java serialization, never polymorphic typing. Stateless and thread-safe.
 *
 * <p>A value is stored as a small JSON document whose large parts are blobs, so that a record that holds a table works
 * like a table alone, and a hit need not read a blob until someone looks at it. {@code null} never gets here: {@link
 * Codecs} takes care of it.
 */
public interface Codec {

    /** Whether this codec takes values of that declared type; {@code type} is a class or parameterized type. */
    boolean handles(Type type);

    /** The types of the values inside, each of which needs a codec too. */
    default List<Type> parts(Type type) {
        return List.of();
    }

    /**
     * Whether the content is digested in a sink of its own, whose digest then enters the sink of what holds it. Say yes
     * for large values: then one that is {@link Digested} need not be read.
     */
    default boolean apart() {
        return false;
    }

    /**
     * Feeds the canonical content of {@code value} to {@code sink}: equal values give equal bytes in every process,
     * zone and locale; different values different bytes.
     *
     * @param values takes the parts of a compound value
     */
    void digest(Object value, Type type, DigestSink sink, Codecs values);

    /**
     * Puts the digests of the parts of {@code value} people have names for into {@code parts}: a record's components, a
     * table's columns. To say where two values differ; by default a value is one part.
     */
    default void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        parts.whole(value, type, values);
    }

    /** Whether code that has a value can change it by itself, so that a task that shares it is given a {@link #copy}. */
    default boolean isChangeable() {
        return false;
    }

    /** What nobody else can change, with equal content; asked only of values that are, or hold, changeable ones. */
    default Object copy(Object value, Type type, Codecs values) {
        return value;
    }

    /**
     * What became of a {@link #copy}, in words that follow a name: {@code changed column `fare_amount`}; empty if
     * nothing did.
     */
    default List<String> changes(Object before, Object copy, Type type, Codecs values) {
        return List.of();
    }

    /** The stored form of {@code value}, never JSON null; large content goes to {@code blobs}. */
    JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException;

    /**
     * The value back from {@link #encode}'s form. Blobs were verified against their digest before they get here. The
     * value may be lazy: it keeps {@code blobs} and reads when it is touched.
     *
     * @throws IOException the stored form does not fit; the caller treats the entry as a miss
     */
    Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException;
}
