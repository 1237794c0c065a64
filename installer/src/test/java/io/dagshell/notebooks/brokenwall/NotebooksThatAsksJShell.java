package io.dagshell.notebooks.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class NotebooksThatAsksJShell {

    private NotebooksThatAsksJShell() {}

    static jdk.jshell.JShell reach() {
        return jdk.jshell.JShell.create();
    }
}
