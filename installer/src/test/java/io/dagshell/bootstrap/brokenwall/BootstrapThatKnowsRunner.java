package io.dagshell.bootstrap.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class BootstrapThatKnowsRunner {

    private BootstrapThatKnowsRunner() {}

    static Class<?> reach() {
        return io.dagshell.runner.brokenwall.Bait.class;
    }
}
