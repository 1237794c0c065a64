package io.dagshell.engine.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What differs between two keys of a task, in the user's words. */
final class KeyDifference {
    static final String ARGUMENT = "argument";
    static final String TYPE = "type of";

    private KeyDifference() {}

    /** Each difference in words, the task's own code first and arguments last, as in the key; empty for equal keys. */
    static List<String> between(CacheKey earlier, CacheKey now) {
        Map<String, KeyPart> before = byLabel(earlier);
        Map<String, KeyPart> after = byLabel(now);
        List<String> words = new ArrayList<>();
        for (KeyPart part : after.values()) {
            KeyPart old = before.get(part.label());
            if (old == null) {
                added(part).ifPresent(words::add);
            } else if (!old.digest().equals(part.digest()) && !hasOtherType(part, before, after)) {
                words.add(changed(old, part));
            }
        }
        before.values().stream()
                .filter(part -> !after.containsKey(part.label()) && !part.kind().equals(TYPE))
                .forEach(part -> words.add(part.label() + " removed"));
        return words;
    }

    /** An argument and its type come together: one sentence is enough. */
    private static Optional<String> added(KeyPart part) {
        return part.kind().equals(TYPE)
                ? Optional.empty()
                : Optional.of(part.label() + " " + part.shown().orElse("added"));
    }

    private static boolean hasOtherType(KeyPart part, Map<String, KeyPart> before, Map<String, KeyPart> after) {
        if (!part.kind().equals(ARGUMENT)) {
            return false;
        }
        KeyPart old = before.get(TYPE + " " + part.name());
        KeyPart now = after.get(TYPE + " " + part.name());
        return old != null && now != null && !old.digest().equals(now.digest());
    }

    /** At most two of them. */
    static String inShort(List<String> differences) {
        String first = String.join(", ", differences.subList(0, Math.min(2, differences.size())));
        int more = differences.size() - 2;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String changed(KeyPart old, KeyPart now) {
        Optional<String> from = old.shown();
        Optional<String> to = now.shown();
        if (from.isPresent() && to.isPresent() && !from.equals(to)) {
            return now.label() + " " + from.get() + " → " + to.get();
        }
        boolean samePlace = now.kind().equals(ARGUMENT) && from.isPresent() && from.equals(to);
        return (samePlace ? now.shown().orElse(now.label()) : now.label()) + " changed";
    }

    /** Parts of one label (two versions of a library) count as one. */
    private static Map<String, KeyPart> byLabel(CacheKey key) {
        Map<String, KeyPart> parts = new LinkedHashMap<>();
        key.parts()
                .forEach(part -> parts.merge(
                        part.label(),
                        part,
                        (one, other) ->
                                new KeyPart(one.kind(), one.name(), one.digest() + other.digest(), Optional.empty())));
        return parts;
    }

    /** The one of {@code earlier} that differs least; of equals the first. */
    static Optional<List<String>> fromNearest(Stream<CacheKey> earlier, CacheKey now) {
        return earlier.map(key -> between(key, now))
                .reduce((nearest, other) -> other.size() < nearest.size() ? other : nearest);
    }
}
