package io.dagshell.server.deploy;

/** A deployment folder or an order does not fit; the message names file and line, what is wrong and what is allowed. */
public final class InvalidDeploymentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidDeploymentException(String message) {
        super(message);
    }

    InvalidDeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
