package io.dagshell.store;

/** There is no such run, or nothing in it to resume; the message says what to do. */
public final class NotResumableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotResumableException(String message) {
        super(message);
    }
}
