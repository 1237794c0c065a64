package io.dagshell.engine.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class EngineThatExits {

    private EngineThatExits() {}

    static void reach() {
        System.exit(1);
    }
}
