package io.dagshell.store.orchestration;

/** Something was asked for that cannot be; the message says in a sentence what and why. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as a caller's protocol may tell it. */
    public enum Why {
        /** There is no such thing. */
        UNKNOWN,
        /** What was asked for makes no sense. */
        INVALID,
        /** It does not go with the state things are in. */
        CONFLICT
    }

    private final Why why;

    RefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    public static RefusedException unknown(String message) {
        return new RefusedException(Why.UNKNOWN, message);
    }

    public static RefusedException invalid(String message) {
        return new RefusedException(Why.INVALID, message);
    }

    public static RefusedException conflict(String message) {
        return new RefusedException(Why.CONFLICT, message);
    }
}
