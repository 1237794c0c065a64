package io.dagshell.engine.run;

/**
 * Thrown into user code that reacts to no interrupt. An error, so that {@code catch (Exception e)} in a loop does not keep
 * it going.
 */
final class StoppedError extends Error {
    private static final long serialVersionUID = 1L;

    StoppedError(String reason) {
        super(reason);
    }
}
