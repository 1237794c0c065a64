package io.dagshell.notebooks.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class NotebooksThatKnowsTablesaw {

    private NotebooksThatKnowsTablesaw() {}

    static Class<?> reach() {
        return tech.tablesaw.api.Table.class;
    }
}
