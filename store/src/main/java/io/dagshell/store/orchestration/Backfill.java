package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A backfill as it stands.
 *
 * @param reason why it is paused or was cancelled
 */
public record Backfill(
        BackfillId id,
        BackfillSpec spec,
        State state,
        Optional<String> reason,
        String createdBy,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Counts counts) {

    /** How far it is. */
    public enum State {
        /** Runs are made of its instants. */
        RUNNING,
        /** No more runs are made till it is resumed; those there are go on. */
        PAUSED,
        /** All its instants were run or left out, and all runs are over. */
        FINISHED,
        /** No more runs are made, ever. */
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOver() {
            return this == FINISHED || this == CANCELLED;
        }
    }

    /**
     * Its instants, by what became of them; of a run that was made anew the latest counts.
     *
     * @param waiting no run is made yet
     * @param active a run waits for an agent or goes on
     * @param failed the run failed or crashed
     * @param cancelled the run, or the backfill before there was one
     * @param leftOut not to be run
     * @param forgotten the run was deleted with other old ones
     */
    public record Counts(
            int waiting, int active, int completed, int failed, int cancelled, int leftOut, int forgotten) {

        public int total() {
            return toRun() + leftOut;
        }

        /** All but those left out. */
        public int toRun() {
            return waiting + over() + active;
        }

        /** Of those to be run, the ones whose run is over. */
        public int over() {
            return completed + failed + cancelled + forgotten;
        }
    }
}
