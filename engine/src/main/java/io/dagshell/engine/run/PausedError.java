package io.dagshell.engine.run;

/**
 * Ends the process of a run that waits for an answer nobody here can give. An error, so that {@code catch (Exception e)}
 * around the question does not take it for a failure.
 */
final class PausedError extends Error {
    private static final long serialVersionUID = 1L;

    PausedError(String question) {
        super("waits for approval: " + question);
    }
}
