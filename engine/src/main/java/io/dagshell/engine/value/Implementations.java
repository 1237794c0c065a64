package io.dagshell.engine.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which collection is handed back: the JDK's well-known ones as themselves, so that code which goes on filling an {@code
 * ArrayList} works on a hit too; every other implementation as an unmodifiable collection in the order it had.
 */
final class Implementations {
    private static final String FIXED = "fixed";

    private static final Map<Class<?>, Supplier<?>> KNOWN = Map.of(
            ArrayList.class, ArrayList::new,
            LinkedList.class, LinkedList::new,
            HashSet.class, HashSet::new,
            LinkedHashSet.class, LinkedHashSet::new,
            TreeSet.class, TreeSet::new,
            HashMap.class, HashMap::new,
            LinkedHashMap.class, LinkedHashMap::new,
            TreeMap.class, TreeMap::new);

    private Implementations() {}

    /** The name kept with the value. */
    static String nameOf(Object value, Class<?> declared) {
        boolean ownOrder = hasOwnOrder(value);
        if (ownOrder && isSorted(declared)) {
            throw new UnsupportedValueException(
                    "no codec for a " + declared.getSimpleName() + " with an order of its own");
        }
        if (KNOWN.containsKey(value.getClass()) && !ownOrder) {
            return value.getClass().getSimpleName();
        }
        if (!declared.isInterface()) {
            throw new UnsupportedValueException("a " + TypeNames.shortName(value.getClass()) + " where "
                    + declared.getSimpleName() + " is declared");
        }
        return FIXED;
    }

    static List<@Nullable Object> list(String name, List<@Nullable Object> items) throws IOException {
        return name.equals(FIXED) ? Collections.unmodifiableList(items) : filled(name, items, List.class);
    }

    static Set<@Nullable Object> set(String name, List<@Nullable Object> items, Class<?> declared) throws IOException {
        if (!name.equals(FIXED)) {
            return filled(name, items, Set.class);
        }
        return isSorted(declared)
                ? Collections.unmodifiableNavigableSet(new TreeSet<>(items))
                : Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }

    static Map<@Nullable Object, @Nullable Object> map(
            String name, LinkedHashMap<@Nullable Object, @Nullable Object> entries, Class<?> declared)
            throws IOException {
        if (!name.equals(FIXED)) {
            Map<@Nullable Object, @Nullable Object> map = make(name, Map.class);
            map.putAll(entries);
            return map;
        }
        return isSorted(declared)
                ? Collections.unmodifiableNavigableMap(new TreeMap<>(entries))
                : Collections.unmodifiableMap(entries);
    }

    @SuppressWarnings("unchecked") // the JDK's collections hold anything
    private static <C extends Collection<?>> C filled(String name, List<@Nullable Object> items, Class<C> kind)
            throws IOException {
        C collection = make(name, kind);
        ((Collection<@Nullable Object>) collection).addAll(items);
        return collection;
    }

    private static <C> C make(String name, Class<C> kind) throws IOException {
        for (Map.Entry<Class<?>, Supplier<?>> known : KNOWN.entrySet()) {
            if (known.getKey().getSimpleName().equals(name) && kind.isAssignableFrom(known.getKey())) {
                return kind.cast(known.getValue().get());
            }
        }
        throw new IOException("no " + kind.getSimpleName() + " is called " + name);
    }

    private static boolean isSorted(Class<?> declared) {
        return declared == SortedSet.class
                || declared == NavigableSet.class
                || declared == TreeSet.class
                || declared == SortedMap.class
                || declared == NavigableMap.class
                || declared == TreeMap.class;
    }

    private static boolean hasOwnOrder(Object value) {
        Comparator<?> order = null;
        if (value instanceof SortedSet<?> set) {
            order = set.comparator();
        } else if (value instanceof SortedMap<?, ?> map) {
            order = map.comparator();
        }
        return order != null && !order.equals(Comparator.naturalOrder());
    }
}
