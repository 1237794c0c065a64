package io.dagshell.kernel.protocol;

/** Frames that are no message, or not from who holds the key. They are logged and dropped; nothing answers them. */
public final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    public BadMessage(String message) {
        super(message);
    }

    BadMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
