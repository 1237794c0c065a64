package io.dagshell.kernel.session;

/** Passes a throwable on as it is, checked or not. */
final class Thrown {
    private Thrown() {}

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException asIs(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
