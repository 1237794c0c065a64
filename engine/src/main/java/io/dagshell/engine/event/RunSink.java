package io.dagshell.engine.event;

/**
 * Port: takes the events of runs, in order for each run. Called from engine threads; an implementation must not throw
 * and must not block for long. Implemented by the run store, the run display and the outbox of a deployed run.
 */
public interface RunSink {

    void accept(RunEvent event);

    /** Returns when everything accepted so far is durable (or shown). */
    default void flush() {}

    /** Hands each event to both, this one first. */
    default RunSink and(RunSink other) {
        RunSink first = this;
        return new RunSink() {
            @Override
            public void accept(RunEvent event) {
                first.accept(event);
                other.accept(event);
            }

            @Override
            public void flush() {
                first.flush();
                other.flush();
            }
        };
    }

    /** Keeps nothing. */
    static RunSink none() {
        return event -> {};
    }
}
