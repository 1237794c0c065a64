package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One due instant of a backfill.
 *
 * @param place from 0, in the order they are run
 * @param reason why it is left out
 * @param run the latest run of it
 * @param runState how far that is
 */
public record BackfillInstant(
        int place,
        Instant due,
        State state,
        Optional<String> reason,
        Optional<RunId> run,
        Optional<io.dagshell.engine.model.State> runState) {

    /** How far an instant is. */
    public enum State {
        /** A run will be made of it. */
        WAITING,
        /** A run was made of it. */
        MADE,
        /** No run is made of it. */
        LEFT_OUT,
        /** The backfill was cancelled before a run was made. */
        CANCELLED
    }
}
