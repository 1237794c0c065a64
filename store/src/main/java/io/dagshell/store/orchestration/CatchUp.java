package io.dagshell.store.orchestration;

/** What becomes of due instants that passed while nobody ticked. */
public enum CatchUp {
    /** They are recorded as skipped. */
    NONE,
    /** The latest is run, the others are recorded as skipped. */
    LATEST,
    /** Each is run. */
    ALL
}
