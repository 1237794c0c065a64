package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What differs between two keys of a task, in the user's words. */
final class KeyDifference {
    static final String ARGUMENT = "argument";
    static final String TYPE = "type of";

    private KeyDifference() {}

    /** Each difference, the task's own code first and arguments last, as in the key; empty for equal keys. */
    static List<KeyChange> between(CacheKey earlier, CacheKey now) {
        Map<String, KeyPart> before = byLabel(earlier);
        Map<String, KeyPart> after = byLabel(now);
        List<KeyChange> changes = new ArrayList<>();
        for (KeyPart part : after.values()) {
            KeyPart old = before.get(part.label());
            if (old == null) {
                added(part).ifPresent(changes::add);
            } else if (!old.digest().equals(part.digest()) && !hasOtherType(part, before, after)) {
                changes.add(changed(old, part));
            }
        }
        before.values().stream()
                .filter(part -> !after.containsKey(part.label()) && !part.kind().equals(TYPE))
                .forEach(part -> changes.add(KeyChange.of(part, "removed")));
        return changes;
    }

    /** An argument and its type come together: one sentence is enough. */
    private static Optional<KeyChange> added(KeyPart part) {
        return part.kind().equals(TYPE)
                ? Optional.empty()
                : Optional.of(KeyChange.of(part, part.shown().orElse("added")));
    }

    private static boolean hasOtherType(KeyPart part, Map<String, KeyPart> before, Map<String, KeyPart> after) {
        if (!part.kind().equals(ARGUMENT)) {
            return false;
        }
        KeyPart old = before.get(TYPE + " " + part.name());
        KeyPart now = after.get(TYPE + " " + part.name());
        return old != null && now != null && !old.digest().equals(now.digest());
    }

    private static KeyChange changed(KeyPart old, KeyPart now) {
        Optional<String> from = old.shown();
        Optional<String> to = now.shown();
        if (from.isPresent() && to.isPresent() && !from.equals(to)) {
            return KeyChange.of(now, from.get() + " → " + to.get());
        }
        boolean samePlace = now.kind().equals(ARGUMENT) && from.isPresent();
        return KeyChange.of(now, samePlace ? from.get() + " changed" : "changed");
    }

    /** At most two of them, in a few words. */
    static String inShort(List<KeyChange> changes) {
        String first = String.join(
                ", ",
                changes.subList(0, Math.min(2, changes.size())).stream()
                        .map(KeyChange::inShort)
                        .toList());
        int more = changes.size() - 2;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Parts of one label (two versions of a library) count as one. */
    private static Map<String, KeyPart> byLabel(CacheKey key) {
        Map<String, KeyPart> parts = new LinkedHashMap<>();
        key.parts()
                .forEach(part -> parts.merge(
                        part.label(),
                        part,
                        (one, other) -> new KeyPart(
                                one.kind(),
                                one.name(),
                                one.digest() + other.digest(),
                                Optional.empty(),
                                OptionalInt.empty())));
        return parts;
    }
}
