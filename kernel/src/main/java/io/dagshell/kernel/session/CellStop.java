package io.dagshell.kernel.session;

/** Thrown into user code to end its cell: the person interrupted, or the code asked the process to exit. */
final class CellStop extends Error {
    private static final long serialVersionUID = 1L;
    private final boolean exit;

    private CellStop(String message, boolean exit) {
        super(message);
        this.exit = exit;
    }

    static CellStop interrupted() {
        return new CellStop("interrupted", false);
    }

    static CellStop exit(int status) {
        return new CellStop(Integer.toString(status), true);
    }

    boolean isExit() {
        return exit;
    }
}
