package io.dagshell.server.alert;

/** An alert could not be sent; the message says why and holds no secret. */
public final class AlertException extends Exception {
    private static final long serialVersionUID = 1L;

    AlertException(String message, Throwable cause) {
        super(message, cause);
    }

    AlertException(String message) {
        super(message);
    }
}
