package io.dagshell.server.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class ServerThatKnowsRunner {

    private ServerThatKnowsRunner() {}

    static Class<?> reach() {
        return io.dagshell.runner.DeployedFlow.class;
    }
}
