package io.dagshell.notebooks.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class NotebooksThatKnowsRunner {

    private NotebooksThatKnowsRunner() {}

    static Class<?> reach() {
        return io.dagshell.runner.brokenwall.Bait.class;
    }
}
