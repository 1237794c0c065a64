package io.dagshell.engine.run;

/**
 * Port: lets code that reacts to no interrupt, such as a busy loop, be stopped. Classes of cells are woven with a check at
 * each method entry and each turn of a loop; it costs nothing until it is armed. Thread-safe.
 */
@FunctionalInterface
public interface StopChecks {

    /** From now until closed woven code runs {@code check} on its own thread; what that throws ends the code. */
    Armed arm(Runnable check);

    /** Takes the checks back. */
    interface Armed extends AutoCloseable {
        @Override
        void close();
    }

    /** Those of classes that link to {@link WovenCalls}: the slices of exported flows. */
    static StopChecks ofSlices() {
        return WovenCalls.SWITCH;
    }
}
