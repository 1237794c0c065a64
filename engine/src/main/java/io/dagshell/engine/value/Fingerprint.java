package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the parts of a value by name, to say in words where two values of a type differ.
 *
 * @param parts in the order of the value
 */
public record Fingerprint(Map<String, Digest> parts) {
    public Fingerprint {
        parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Of a value, {@code null} included. */
    public static Fingerprint of(@Nullable Object value, Type type, Codecs codecs) {
        Map<String, Digest> parts = new LinkedHashMap<>();
        new Parts("", parts).add("", value, type, codecs);
        return new Fingerprint(parts);
    }

    /** Names of the parts that are not the same; the value as a whole is called {@code the value}. */
    public List<String> differences(Fingerprint other) {
        List<String> names = new ArrayList<>();
        parts.forEach((name, digest) -> {
            Digest now = other.parts().get(name);
            if (now == null) {
                names.add(shown(name) + " is gone");
            } else if (!now.equals(digest)) {
                names.add(shown(name));
            }
        });
        other.parts().keySet().stream()
                .filter(name -> !parts.containsKey(name))
                .forEach(name -> names.add(shown(name) + " is new"));
        return names;
    }

    private static String shown(String name) {
        return name.isEmpty() ? "the value" : name;
    }

    /** Where a codec puts its parts. Used by one thread. */
    public static final class Parts {
        private final String path;
        private final Map<String, Digest> all;

        private Parts(String path, Map<String, Digest> all) {
            this.path = path;
            this.all = all;
        }

        /** A part of the value with parts of its own. */
        public void add(String name, @Nullable Object value, Type type, Codecs codecs) {
            Parts inner = new Parts(path.isEmpty() || name.isEmpty() ? path + name : path + ", " + name, all);
            Type known = Types.bound(type);
            if (value == null) {
                inner.whole(null, known, codecs);
                return;
            }
            codecs.forType(known)
                    .orElseThrow(() -> new UnsupportedValueException("no codec for " + TypeNames.shortName(known)))
                    .fingerprint(value, known, inner, codecs);
        }

        /** The value itself, as one part. */
        public void whole(@Nullable Object value, Type type, Codecs codecs) {
            DigestSink sink = Sha256Sink.create(Sources.local());
            codecs.digest(value, type, sink);
            all.put(path, sink.finish());
        }

        /** A part whose digest is known. */
        public void put(String name, Digest digest) {
            all.put(path.isEmpty() ? name : path + ", " + name, digest);
        }
    }
}
