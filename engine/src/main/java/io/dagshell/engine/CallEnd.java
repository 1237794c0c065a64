package io.dagshell.engine;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.util.Optional;

/**
 * How a call ended, for what {@link Dag#onFailure} and {@link Dag#onCompletion} registered.
 *
 * @param task the method's name
 * @param failure what was thrown, of a call that failed
 */
public record CallEnd(RunId run, String task, CallPath path, State state, Optional<Throwable> failure) {

    /** Does something about an end. What it throws is logged and changes nothing. */
    @FunctionalInterface
    public interface Hook {
        void run(CallEnd end) throws Exception;
    }

    /** {@code etl Failed: IOException: connection reset}. */
    @Override
    public String toString() {
        return task + " " + state.word() + failure.map(thrown -> ": " + thrown).orElse("");
    }
}
