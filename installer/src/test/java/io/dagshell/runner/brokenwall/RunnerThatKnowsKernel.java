package io.dagshell.runner.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class RunnerThatKnowsKernel {

    private RunnerThatKnowsKernel() {}

    static Class<?> reach() {
        return io.dagshell.kernel.session.JavaSession.class;
    }
}
