package io.dagshell.magics.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class MagicsThatKnowsTables {

    private MagicsThatKnowsTables() {}

    static Class<?> reach() {
        return io.dagshell.tables.brokenwall.Bait.class;
    }
}
