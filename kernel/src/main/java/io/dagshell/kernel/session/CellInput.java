package io.dagshell.kernel.session;

/** Port: where a cell's {@code System.in} comes from. Thread-safe. */
@FunctionalInterface
public interface CellInput {

    /** No input: {@code System.in} is at its end. */
    CellInput NONE = (prompt, secret) -> null;

    /**
     * Asks the person for a line and waits.
     *
     * @param prompt shown beside the field; may be empty
     * @param secret whether what is typed stays hidden
     * @return the line without its end, or null at the end of input
     */
    @org.jspecify.annotations.Nullable
    String line(String prompt, boolean secret) throws InterruptedException;
}
