package io.dagshell.kernel.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class KernelThatKnowsTasks {

    private KernelThatKnowsTasks() {}

    static io.dagshell.engine.model.TaskName reach() {
        return new io.dagshell.engine.model.TaskName("t");
    }
}
