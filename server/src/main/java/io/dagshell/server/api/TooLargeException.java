package io.dagshell.server.api;

/** A body is larger than its endpoint takes: 413. */
final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLargeException(long bytes, long largest) {
        super("The body has " + bytes + " bytes; this takes " + (largest >> 20) + " MB (" + largest
                + " bytes) at most.");
    }

    /** Its length was not said. */
    TooLargeException(long largest) {
        super("The body is larger than the " + (largest >> 20) + " MB that this takes.");
    }
}
