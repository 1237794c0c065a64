package io.dagshell.engine.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One part of a key, kept with the result and in the record of the run to explain a later miss.
 *
 * @param kind user's word: {@code argument}, {@code helper}, {@code library}
 * @param name its name; empty if the kind says it all
 * @param digest of its content
 * @param shown its content where that is short, for people; not part of the key
 * @param cell where code is declared, from 1; not part of the key
 */
public record KeyPart(String kind, String name, String digest, Optional<String> shown, OptionalInt cell) {

    /** Kind and name. */
    public String label() {
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
