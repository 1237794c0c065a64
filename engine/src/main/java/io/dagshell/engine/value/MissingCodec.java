package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks through all types a value may hold. Types that hold themselves end the search; ever-growing ones too. */
final class MissingCodec {
    private static final int MOST_TYPES = 1_000;

    private MissingCodec() {}

    static Optional<Type> search(Type root, Codecs codecs) {
        Set<Type> seen = new HashSet<>();
        Deque<Type> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (!seen.add(type)) {
                continue;
            }
            Optional<Codec> codec = codecs.forType(type);
            if (codec.isEmpty() || seen.size() > MOST_TYPES) {
                return Optional.of(type);
            }
            open.addAll(codec.get().parts(type));
        }
        return Optional.empty();
    }
}
