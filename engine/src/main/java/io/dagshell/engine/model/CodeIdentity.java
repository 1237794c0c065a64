package io.dagshell.engine.model;

import java.util.List;
import java.util.OptionalInt;

/** What the code reached by a task is, for the cache key; see {@code docs/decisions} on keys. */
public sealed interface CodeIdentity {

    /** Every part of the closure is known; parts are in canonical order. */
    record Known(List<CodePart> parts) implements CodeIdentity {
        public Known {
            parts = List.copyOf(parts);
        }
    }

    /** The code that would run cannot be told apart (for instance an older version of a redefined cell): never cached. */
    record Unknown(String why) implements CodeIdentity {}

    /**
     * One declaration (or library) of the closure.
     *
     * @param kind user's word: {@code task}, {@code helper}, {@code class}, {@code record}, {@code enum}, {@code
     *     interface}, {@code constant}, {@code import}, {@code library}
     * @param name its name as written; for an overloadable helper with erased parameter types
     * @param digest hexadecimal SHA-256 of its canonical encoding
     * @param cell index among code cells, from 1, for explanations; not part of the key
     */
    record CodePart(String kind, String name, String digest, OptionalInt cell) {
        /** The kind of a variable that never changes. */
        public static final String CONSTANT = "constant";
    }
}
