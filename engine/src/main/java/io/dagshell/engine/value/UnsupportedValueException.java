package io.dagshell.engine.value;

/**
 * This value cannot be digested or stored, though its declared type can: a map sorted by an order of its own, an element
 * of another type than declared. The message completes the sentence "not cached: …".
 */
public final class UnsupportedValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnsupportedValueException(String why) {
        super(why);
    }
}
