package io.dagshell.runner;

/** What the person gave does not fit: exit code 2. The message is a sentence that names the argument or entry. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
