package io.dagshell.engine.cache;

import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.TypeNames;
import io.dagshell.engine.value.TypeShape;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a key needs to know of a declared type, worked out once for the types used last. Guarded by itself. */
final class KnownTypes {
    private static final int MOST = 256;

    private final Codecs codecs;
    private final Map<Type, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Type, Known> eldest) {
            return size() > MOST;
        }
    };

    KnownTypes(Codecs codecs) {
        this.codecs = codecs;
    }

    /**
     * A declared type.
     *
     * @param refusal why values of it are not cached
     * @param shape digest of all declarations involved
     * @param name as people write it
     */
    record Known(Optional<String> refusal, String shape, String name) {}

    synchronized Known of(Type type) {
        Known found = known.get(type);
        if (found == null) {
            found = new Known(refusal(type), shape(type), TypeNames.shortName(type));
            known.put(type, found);
        }
        return found;
    }

    private String shape(Type type) {
        Digest shape = Sha256Sink.create(Sources.local())
                .text(TypeShape.of(type, codecs))
                .finish();
        return shape.hex();
    }

    private Optional<String> refusal(Type type) {
        return codecs.missing(type)
                .map(missing -> isStream(missing) ? "stream" : "no codec for " + TypeNames.shortName(missing));
    }

    private static boolean isStream(Type type) {
        return TypeNames.shortName(type).replaceAll("<.*", "").endsWith("Stream")
                || (type instanceof Class<?> plain && AutoCloseable.class.isAssignableFrom(plain));
    }
}
