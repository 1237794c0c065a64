package io.dagshell.store.orchestration;

/** Which instants of a backfill are run though there was a run of them. One whose run is under way never is. */
public enum Rerun {
    /** None: only those without a run that ended by itself. */
    NONE,
    /** Those whose runs all failed or crashed. */
    FAILED,
    /** All. */
    ALL
}
