package io.dagshell.notebooks.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class NotebooksThatReadsTrees {

    private NotebooksThatReadsTrees() {}

    static Class<?> reach() {
        return com.sun.source.tree.Tree.class;
    }
}
