package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import java.util.OptionalInt;

/**
 * What is new about one part of a key.
 *
 * @param kind user's word for the part
 * @param name its name; empty if the kind says it all
 * @param what {@code changed}, {@code 1 → 2}, {@code added}
 * @param cell where the part is declared now, or was before it was removed
 */
record KeyChange(String kind, String name, String what, OptionalInt cell) {

    static KeyChange of(KeyPart part, String what) {
        return new KeyChange(part.kind(), part.name(), what, part.cell());
    }

    /** For a run line: {@code helper datasetUri changed}. */
    String inShort() {
        return (name.isEmpty() ? kind : kind + " " + name) + " " + what;
    }

    /** For an explanation: {@code helper `datasetUri` changed in cell 3}. */
    String inFull() {
        String place = cell.isPresent() ? " in cell " + cell.getAsInt() : "";
        return (name.isEmpty() ? kind : kind + " `" + name + "`") + " " + what + place;
    }
}
