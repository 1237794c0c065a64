package io.dagshell.clouds.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class CloudsThatKnowsStore {

    private CloudsThatKnowsStore() {}

    static Class<?> reach() {
        return io.dagshell.store.brokenwall.Bait.class;
    }
}
