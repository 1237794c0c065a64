package io.dagshell.engine.run;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which call returned a value, by identity and without keeping the value alive, so that edges between calls
 * can be told from their arguments. Values that Java shares (small numbers, enums) tell nothing and are left out.
 * Thread-safe.
 */
final class UpstreamResults {
    private static final int ELEMENTS_LOOKED_AT = 1_000;

    private final Map<Key, Integer> ordinals = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    void returned(@Nullable Object value, int ordinal) {
        for (Object key = gone.poll(); key != null; key = gone.poll()) {
            ordinals.remove(key);
        }
        if (value != null && hasIdentity(value)) {
            ordinals.put(new Key(value, gone), ordinal);
        }
    }

    /** Ordinals of the calls whose results are among the arguments, or one level inside them; ascending. */
    List<Integer> of(@Nullable Object[] arguments) {
        if (ordinals.isEmpty()) {
            return List.of();
        }
        TreeSet<Integer> found = new TreeSet<>();
        for (Object argument : arguments) {
            look(argument, found);
            inside(argument).stream().limit(ELEMENTS_LOOKED_AT).forEach(part -> look(part, found));
        }
        return new ArrayList<>(found);
    }

    private void look(@Nullable Object value, Collection<Integer> found) {
        if (value == null || !hasIdentity(value)) {
            return;
        }
        Integer ordinal = ordinals.get(new Key(value, null));
        if (ordinal != null) {
            found.add(ordinal);
        }
    }

    private static Collection<?> inside(@Nullable Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        if (value instanceof Map<?, ?> map) {
            return map.values();
        }
        return List.of();
    }

    private static boolean hasIdentity(Object value) {
        return !(value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value == Engine.NOTHING);
    }

    /** Equal by identity of what it points to. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        private Key(Object value, @Nullable ReferenceQueue<Object> queue) {
            super(value, queue);
            this.hash = System.identityHashCode(value);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object mine = get();
            return mine != null && other instanceof Key key && key.get() == mine;
        }
    }
}
