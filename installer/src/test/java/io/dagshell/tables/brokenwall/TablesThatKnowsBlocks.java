package io.dagshell.tables.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class TablesThatKnowsBlocks {

    private TablesThatKnowsBlocks() {}

    static Class<?> reach() {
        return io.dagshell.blocks.brokenwall.Bait.class;
    }
}
