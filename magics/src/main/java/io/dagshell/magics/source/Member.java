package io.dagshell.magics.source;

import java.util.List;
import java.util.Optional;

/**
 * A declaration at the top level of a cell, by its place in the cell's Java text.
 *
 * @param names the declared name; several for {@code int a, b;}; of an import, the imported name as written
 * @param start offset of its first character
 * @param end offset behind its last character
 * @param modifiersEnd offset behind its modifiers; {@code start} if it has none
 * @param isStatic has the modifier already
 * @param isFinal has the modifier, so that a variable is a constant if it is static too
 * @param method what is special to a method
 */
public record Member(
        Kind kind,
        List<String> names,
        int start,
        int end,
        int modifiersEnd,
        boolean isStatic,
        boolean isFinal,
        Optional<Method> method) {
    public Member {
        names = List.copyOf(names);
    }

    /**
     * The face of a method.
     *
     * @param head its text without body, modifiers included
     * @param types of its parameters as written, joined by commas
     * @param parameters their names
     * @param isVoid returns nothing
     */
    public record Method(String head, String types, List<String> parameters, boolean isVoid) {
        public Method {
            parameters = List.copyOf(parameters);
        }
    }

    public static Member plain(Kind kind, List<String> names, int start, int end) {
        return new Member(kind, names, start, end, start, false, false, Optional.empty());
    }

    /** What a piece of a cell is. */
    public enum Kind {
        IMPORT,
        METHOD,
        TYPE,
        FIELD,
        /** Runs when the cell runs; never part of a slice. */
        STATEMENT,
        /** Not Java; a problem only if something is missing because of it. */
        BROKEN
    }

    /** A variable that no code can change, or anything that is no variable. */
    public boolean isConstant() {
        return kind != Kind.FIELD || (isStatic && isFinal);
    }

    /** Whether it declares {@code name}. */
    public boolean declares(String name) {
        return names.contains(name);
    }

    /** The same piece, ending elsewhere. */
    Member endingAt(int other) {
        return new Member(kind, names, start, other, modifiersEnd, isStatic, isFinal, method);
    }

    /** Several declarations in one piece share modifiers and type. */
    public String name() {
        return names.isEmpty() ? "" : names.get(0);
    }
}
