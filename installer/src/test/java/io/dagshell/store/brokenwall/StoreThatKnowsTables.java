package io.dagshell.store.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class StoreThatKnowsTables {

    private StoreThatKnowsTables() {}

    static Class<?> reach() {
        return io.dagshell.tables.brokenwall.Bait.class;
    }
}
