package io.dagshell.engine;

/** Work that returns a value and may throw anything; what lambdas given to {@link Dag} become. */
@FunctionalInterface
public interface Work<R> {
    R run() throws Exception;

    /** Work without a value. */
    @FunctionalInterface
    interface Effect {
        void run() throws Exception;
    }

    /** Work on one item of a {@link Dag#map}. */
    @FunctionalInterface
    interface Each<T, R> {
        R run(T item) throws Exception;
    }
}
