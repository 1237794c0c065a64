package io.dagshell.magics.header;

import java.util.Optional;

/** What a header makes of its cell. */
public enum CellKind {
    TASK("task"),
    FLOW("flow"),
    PARAMS("params");

    private final String word;

    CellKind(String word) {
        this.word = word;
    }

    /** As people write it behind the percent signs. */
    public String word() {
        return word;
    }

    /** {@code %%task}. */
    public String magic() {
        return "%%" + word;
    }

    static Optional<CellKind> of(String word) {
        for (CellKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
