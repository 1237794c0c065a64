package io.dagshell.blocks.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class BlocksThatKnowsStore {

    private BlocksThatKnowsStore() {}

    static Class<?> reach() {
        return io.dagshell.store.brokenwall.Bait.class;
    }
}
