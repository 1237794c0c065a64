package io.dagshell.engine.run;

/** Lets a user's exception leave the engine as the instance it is, checked or not. Stateless. */
final class Rethrow {
    private Rethrow() {}

    /** Throws {@code failure}; the declared return lets callers write {@code throw Rethrow.asIs(..)}. */
    static RuntimeException asIs(Throwable failure) {
        throw Rethrow.<RuntimeException>sneak(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
