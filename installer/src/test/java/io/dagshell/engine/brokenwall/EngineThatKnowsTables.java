package io.dagshell.engine.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class EngineThatKnowsTables {

    private EngineThatKnowsTables() {}

    static Class<?> reach() {
        return io.dagshell.tables.brokenwall.Bait.class;
    }
}
