package io.dagshell.tables.brokenwall;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class TablesThatSpeaksSql {

    private TablesThatSpeaksSql() {}

    static java.sql.Date reach() {
        return new java.sql.Date(0);
    }
}
