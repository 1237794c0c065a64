package io.dagshell.engine.value;

/** What is in a variable is what its type says, or the value is not cached (unchecked casts break the rule). */
final class Declared {
    private Declared() {}

    static <T> T check(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new UnsupportedValueException("a " + TypeNames.shortName(value.getClass()) + " where "
                    + TypeNames.shortName(type) + " is declared");
        }
        return type.cast(value);
    }
}
