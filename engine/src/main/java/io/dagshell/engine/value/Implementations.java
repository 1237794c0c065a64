package io.dagshell.engine.value;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
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
            ArrayDeque.class, ArrayDeque::new,
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
        if (!declared.isInterface() || isQueue(declared)) {
            throw new UnsupportedValueException("a " + TypeNames.shortName(value.getClass()) + " where "
                    + declared.getSimpleName() + " is declared");
        }
        return FIXED;
    }

    static Collection<@Nullable Object> list(String name, List<@Nullable Object> items, Class<?> declared)
            throws IOException {
        return name.equals(FIXED)
                ? fitting(Collections.unmodifiableList(items), declared)
                : filled(name, items, declared);
    }

    static Collection<@Nullable Object> set(String name, List<@Nullable Object> items, Class<?> declared)
            throws IOException {
        if (!name.equals(FIXED)) {
            return fitting(filled(name, items, declared), Set.class);
        }
        return isSorted(declared)
                ? fitting(Collections.unmodifiableNavigableSet(new TreeSet<>(items)), declared)
                : fitting(Collections.unmodifiableSet(new LinkedHashSet<>(items)), declared);
    }

    @SuppressWarnings("unchecked") // the JDK's maps hold anything
    static Map<@Nullable Object, @Nullable Object> map(
            String name, LinkedHashMap<@Nullable Object, @Nullable Object> entries, Class<?> declared)
            throws IOException {
        if (!name.equals(FIXED)) {
            Map<@Nullable Object, @Nullable Object> map =
                    (Map<@Nullable Object, @Nullable Object>) make(name, declared, Map.class);
            map.putAll(entries);
            return map;
        }
        return isSorted(declared)
                ? fitting(Collections.unmodifiableNavigableMap(new TreeMap<>(entries)), declared)
                : fitting(Collections.unmodifiableMap(entries), declared);
    }

    @SuppressWarnings("unchecked") // the JDK's collections hold anything
    private static Collection<@Nullable Object> filled(String name, List<@Nullable Object> items, Class<?> declared)
            throws IOException {
        Collection<@Nullable Object> collection = (Collection<@Nullable Object>) make(name, declared, Collection.class);
        collection.addAll(items);
        return collection;
    }

    private static <C> C make(String name, Class<?> declared, Class<C> kind) throws IOException {
        for (Map.Entry<Class<?>, Supplier<?>> known : KNOWN.entrySet()) {
            if (known.getKey().getSimpleName().equals(name) && declared.isAssignableFrom(known.getKey())) {
                return kind.cast(known.getValue().get());
            }
        }
        throw new IOException("no " + declared.getSimpleName() + " is called " + name);
    }

    private static <C> C fitting(C collection, Class<?> declared) throws IOException {
        if (!declared.isInstance(collection)) {
            throw new IOException("a stored collection is no " + declared.getSimpleName());
        }
        return collection;
    }

    private static boolean isQueue(Class<?> declared) {
        return declared == Queue.class || declared == Deque.class;
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
