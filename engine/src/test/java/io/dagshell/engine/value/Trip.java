package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A value's way through the codecs, through real JSON bytes. */
final class Trip {
    static final Codecs CODECS = StandardCodecs.with();

    private Trip() {}

    static @Nullable Object there(@Nullable Object value, Type type) throws IOException {
        MemoryBlobs blobs = new MemoryBlobs();
        ObjectMapper json = new ObjectMapper();
        byte[] bytes = json.writeValueAsBytes(CODECS.encode(value, type, blobs));
        JsonNode stored = json.readTree(bytes);
        return CODECS.decode(stored, type, blobs);
    }

    static String digest(@Nullable Object value, Type type) {
        DigestSink sink = Sha256Sink.create(Sources.local());
        CODECS.digest(value, type, sink);
        return sink.finish().hex();
    }

    /** The generic type a method of {@code holder} returns, to write types as Java does. */
    static Type typeOf(Class<?> holder, String method) {
        for (var each : holder.getDeclaredMethods()) {
            if (each.getName().equals(method)) {
                return each.getGenericReturnType();
            }
        }
        throw new IllegalArgumentException(method);
    }
}
